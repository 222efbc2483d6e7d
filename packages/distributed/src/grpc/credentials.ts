import { createHash, timingSafeEqual } from 'node:crypto'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { ChannelCredentials, Metadata, ServerCredentials } from '@grpc/grpc-js'
import { certifiedName } from './names.ts'
import type { Settings } from './options.ts'

const HEADER = 'authorization'

/** With TLS, who has no certificate of the cluster's authority gets no further than the handshake of TLS. */
export function serverCredentials({ tls }: Settings): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure()
  return ServerCredentials.createSsl(tls.ca, [{ private_key: tls.key, cert_chain: tls.cert }], true)
}

export function clientCredentials({ tls }: Settings): ChannelCredentials {
  return tls ? ChannelCredentials.createSsl(tls.ca, tls.key, tls.cert) : ChannelCredentials.createInsecure()
}

/** What a call brings along. */
export function metadataOf({ token }: Settings): Metadata {
  const metadata = new Metadata()
  if (token !== undefined) metadata.set(HEADER, `Bearer ${token}`)
  return metadata
}

/** Whether the call brought the token. Takes the same time whatever it brought. */
export function hasToken({ token }: Settings, metadata: Metadata): boolean {
  if (token === undefined) return true
  const [brought = ''] = metadata.get(HEADER)
  return timingSafeEqual(digest(`Bearer ${token}`), digest(String(brought)))
}

/** Why the certificate does not vouch for the process, undefined if it does. */
export function certificateFault(
  { tls, cluster }: Settings,
  certificate: PeerCertificate | undefined,
  process: string,
): string | undefined {
  if (!tls) return undefined
  if (!certificate) return 'there is no certificate'
  return checkServerIdentity(certifiedName(cluster, process), certificate)?.message
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface Certificate {
  /** The files, as PEM. */
  readonly cert: string
  readonly key: string
}

export interface Authority {
  readonly ca: string
  /** A certificate for 127.0.0.1 and the names given, for servers and clients. */
  issue(name: string, ...names: readonly string[]): Promise<Certificate>
  remove(): Promise<void>
}

/** A certificate authority in a temporary folder, valid for a day; undefined where there is no openssl. */
export async function newAuthority(): Promise<Authority | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'jcache-ca-'))
  const at = (name: string): string => join(folder, name)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const [ca, caKey] = [at('ca.pem'), at('ca.key')]
  try {
    const subject = ['-subj', '/CN=JCache test authority']
    await run('openssl', ['req', '-x509', ...newKey, '-days', '1', ...subject, '-keyout', caKey, '-out', ca])
  } catch (error) {
    await remove()
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return {
    ca,
    issue: async (name, ...names) => {
      const [cert, key, request, extensions] = [
        `${name}.pem`,
        `${name}.key`,
        `${name}.csr`,
        `${name}.ext`,
      ].map(at)
      if (!cert || !key || !request || !extensions) throw new Error('a certificate without a file')
      await run('openssl', ['req', ...newKey, '-subj', `/CN=${name}`, '-keyout', key, '-out', request])
      const hosts = ['IP:127.0.0.1', ...names.map((each) => `DNS:${each}`)]
      await writeFile(extensions, `subjectAltName=${hosts}\nextendedKeyUsage=serverAuth,clientAuth\n`)
      const signing = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-days', '1', '-extfile', extensions]
      await run('openssl', ['x509', '-req', '-in', request, ...signing, '-out', cert])
      return { cert, key }
    },
    remove,
  }
}

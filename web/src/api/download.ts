import { problemOf } from './problem'
import { transport } from './transport'

/** What a query may carry; what is empty is left out. */
export type Query = Record<string, string | boolean | string[] | undefined>

/** addressOf is an address below /api/v1 with its query. */
export function addressOf(path: string, query: Query): string {
  const q = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) for (const v of Array.isArray(value) ? value : [value]) if (v !== undefined && v !== '' && v !== false) q.append(name, String(v))
  return `/api/v1${path}${q.size ? `?${q}` : ''}`
}

/** nameIn reads the file's name from a Content-Disposition header (RFC 6266), in its plain or in its extended form. */
export function nameIn(disposition: string | null, otherwise: string): string {
  const extended = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition ?? '')?.[1]
  const plain = /filename="([^"]+)"|filename=([^;]+)/.exec(disposition ?? '')
  try {
    return (extended ? decodeURIComponent(extended) : plain?.[1] ?? plain?.[2]?.trim()) ?? otherwise
  } catch {
    return otherwise // not encoded as it should be
  }
}

/** download fetches a file while it is being made and tells how many bytes have come so far. */
export async function download(path: string, query: Query, o: { signal: AbortSignal; progress: (bytes: number) => void }): Promise<{ name: string; file: Blob }> {
  const answer = await transport(new Request(new URL(addressOf(path, query), location.origin), { credentials: 'same-origin', signal: o.signal }))
  if (!answer.ok) throw problemOf(answer.status, await answer.json().catch(() => undefined))
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = answer.body!.getReader()
  for (let r = await reader.read(); !r.done; r = await reader.read()) {
    parts.push(r.value as Uint8Array<ArrayBuffer>)
    o.progress((bytes += r.value.length))
  }
  return { name: nameIn(answer.headers.get('Content-Disposition'), 'export.xlsx'), file: new Blob(parts, { type: answer.headers.get('Content-Type') ?? '' }) }
}

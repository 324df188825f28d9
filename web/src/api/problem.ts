import { hooks } from './hooks'
import type { components } from './schema'

type Body = components['schemas']['Problem']
type Refusal = components['schemas']['Refusal']
/** Fault is one refusal in the language of the page. */
export interface Fault { detail: string; code: string; field?: string; rule?: string; figures?: Record<string, unknown> }
/** What went wrong, beyond the API's own kinds: `lost` when no answer came at all. */
export type Kind = Body['kind'] | 'lost'

/** worded gives refusals their sentence in the language of the page. */
export function worded(refusals: Refusal[]): Fault[] {
  const english = hooks.language() === 'en'
  return refusals.map((r) => ({ detail: english ? r.en : r.zh, code: r.code, field: r.field, rule: r.rule, figures: r.figures }))
}

/** refusalAsProblem is for a refusal that came inside of a good answer. */
export function refusalAsProblem(status: number, r: Refusal): Problem {
  return new Problem(status, { ...r, kind: r.kind as Kind, detail: worded([r])[0]!.detail })
}

/** Problem is a refusal or a fault as the person will read it. */
export class Problem extends Error {
  readonly kind: Kind
  readonly status: number
  readonly code: string
  readonly field?: string
  readonly rule?: string
  readonly instance?: string
  readonly figures?: Record<string, unknown>
  readonly also: Fault[]

  constructor(status: number, body: Omit<Partial<Body>, 'kind'> & { kind: Kind }, options?: ErrorOptions) {
    super(body.detail ?? '', options)
    this.name = 'Problem'
    this.status = status
    this.kind = body.kind
    this.code = body.code ?? body.kind
    this.field = body.field
    this.rule = body.rule
    this.instance = body.instance
    this.figures = body.figures
    this.also = worded(body.also ?? [])
  }

  /** All refusals of the request, the first one first. */
  get all(): Fault[] {
    return [{ detail: this.message, code: this.code, field: this.field, rule: this.rule }, ...this.also]
  }
}

const kinds: Record<number, Kind> = { 400: 'invalid', 401: 'unauthorised', 403: 'forbidden', 404: 'not_found', 409: 'conflict', 412: 'stale', 413: 'invalid',
  415: 'invalid', 422: 'invalid', 428: 'stale', 429: 'too_many', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable' }

/** problemOf reads an answer that is not a success. An answer that is no problem document becomes one by its status. */
export function problemOf(status: number, body: unknown): Problem {
  const kind = kinds[status] ?? 'internal'
  if (body !== null && typeof body === 'object' && 'detail' in body) {
    const b = body as Partial<Body>
    return new Problem(status, { ...b, kind: b.kind ?? kind })
  }
  return new Problem(status, { kind })
}

/** asProblem is the one way from anything that was thrown to what the person reads. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown
  const kind: Kind = thrown instanceof TypeError && /fetch|network|load failed/i.test(thrown.message) ? 'lost' : 'internal'
  if (kind === 'internal') console.error(thrown)
  return new Problem(0, { kind }, { cause: thrown })
}

/** isAbort tells that a request was given up by the page itself. */
export function isAbort(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}

import { reactive } from 'vue'
import { hooks } from './hooks'
import { Problem } from './problem'

export { hooks }

/** An act that was sent and whose answer is not known yet: the person is told, and it is sent again under the same key. */
export interface Waiting {
  key: string
  since: number
  tries: number
}
export const waiting = reactive(new Map<string, Waiting>())

const readTries = 3
const actTries = 12 // about a minute and a half with the pauses below
const longestPause = 10_000 // ms

/** Answers that say "not known yet" or "not now": the same request under the same key is the way to know. */
const again = new Set([202, 502, 503, 504])

/**
 * transport sends a request so that nothing is lost: reads are repeated after a lost connection, acts under their own
 * Idempotency-Key until their answer is known, and an expired session asks the person to sign in and then goes on.
 */
export async function transport(request: Request): Promise<Response> {
  request.headers.set('Accept-Language', hooks.language())
  for (;;) {
    const answer = await send(request)
    if (answer.status !== 401 || isSignIn(request)) return answer
    if (!(await hooks.signInAgain())) return answer
  }
}

function isSignIn(r: Request): boolean {
  return r.url.endsWith('/api/v1/session') // signing in and out
}

function send(request: Request): Promise<Response> {
  const key = request.headers.get('Idempotency-Key')
  if (key) return sendAct(request, key)
  if (request.method === 'GET') return sendRead(request)
  return fetch(request.clone()).catch((e: unknown) => Promise.reject(lost(e, request)))
}

async function sendRead(request: Request): Promise<Response> {
  for (let tried = 1; ; tried++) {
    try {
      return await fetch(request.clone())
    } catch (e) {
      if (request.signal.aborted || tried === readTries) throw lost(e, request)
      await hooks.pause(300 * tried)
    }
  }
}

async function sendAct(request: Request, key: string): Promise<Response> {
  try {
    for (let tried = 1; ; tried++) {
      const answer = await fetch(request.clone()).catch((e: unknown) => lost(e, request))
      if (answer instanceof Response && !again.has(answer.status)) return answer
      if (request.signal.aborted) throw answer instanceof Response ? new DOMException('given up', 'AbortError') : answer
      if (tried >= actTries) {
        if (answer instanceof Response && answer.status !== 202) return answer
        throw new Problem(202, { kind: 'unknown' })
      }
      waiting.set(key, { key, since: waiting.get(key)?.since ?? Date.now(), tries: tried })
      await hooks.pause(pauseAfter(tried, answer))
    }
  } finally {
    waiting.delete(key)
  }
}

function pauseAfter(tried: number, answer: Response | unknown): number {
  const asked = answer instanceof Response ? Number(answer.headers.get('Retry-After')) : 0
  return Math.min(Math.max(asked * 1000 || 0, 500 * 2 ** Math.min(tried - 1, 5)), longestPause)
}

function lost(e: unknown, request: Request): unknown {
  return request.signal.aborted ? e : new Problem(0, { kind: 'lost' }, { cause: e })
}

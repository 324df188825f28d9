import { beforeEach, describe, expect, it, vi } from 'vitest'
import { hooks } from './hooks'
import { Intent, perform } from './intent'
import { Problem, problemOf } from './problem'
import { transport, waiting } from './transport'

const never = async (): Promise<'not_done'> => 'not_done'
beforeEach(() => {
  sessionStorage.clear()
  vi.unstubAllGlobals()
  hooks.pause = async () => undefined
  hooks.signInAgain = async () => false
})

describe('an intent', () => {
  it('keeps its key until it is answered, also over a reload of the page', () => {
    const key = new Intent('x').keyFor({ a: 1 })
    expect(new Intent('x').keyFor({ a: 1 })).toBe(key)
    new Intent('x').answered()
    expect(new Intent('x').keyFor({ a: 1 })).not.toBe(key)
  })
  it('is another one with other content', () => {
    const i = new Intent('x')
    expect(i.keyFor({ a: 2 })).not.toBe(new Intent('y').keyFor({ a: 1 }))
    expect(i.keyFor({ a: 3 })).not.toBe(i.keyFor({ a: 4 }))
  })
  it.each(['lost', 'unknown', 'unavailable', 'internal'] as const)('is sent again under the same key after %s', async (kind) => {
    const keys: string[] = []
    const send = async (key: string) => {
      keys.push(key)
      if (keys.length === 1) throw new Problem(0, { kind })
      return 'done'
    }
    await expect(perform(new Intent('x'), { a: 1 }, send, never)).rejects.toThrow()
    expect(await perform(new Intent('x'), { a: 1 }, send, never)).toBe('done')
    expect(keys[0]).toBe(keys[1])
  })
  it.each(['invalid', 'forbidden', 'conflict', 'stale'] as const)('is over after the refusal %s', async (kind) => {
    const keys: string[] = []
    const send = async (key: string) => {
      keys.push(key)
      throw new Problem(422, { kind })
    }
    for (let i = 0; i < 2; i++) await expect(perform(new Intent('x'), { a: 1 }, send, never)).rejects.toThrow()
    expect(keys[0]).not.toBe(keys[1])
  })
  it('does not do something else while nobody knows whether the first was done', async () => {
    await expect(perform(new Intent('x'), { a: 1 }, () => Promise.reject(new Problem(0, { kind: 'lost' })), never)).rejects.toThrow()
    const send = vi.fn(async () => 'sent')
    await expect(perform(new Intent('x'), { a: 2 }, send, async () => 'unknown')).rejects.toMatchObject({ kind: 'unknown' })
    await expect(perform(new Intent('x'), { a: 2 }, send, async () => 'done')).rejects.toMatchObject({ code: 'earlier_counted' })
    expect(send).not.toHaveBeenCalled()
    expect(await perform(new Intent('x'), { a: 2 }, send, never)).toBe('sent')
  })
})

describe('the transport', () => {
  const act = () => new Request('http://lizheng.test/api/v1/tasks/1/claim', { method: 'POST', body: '{}', headers: { 'Idempotency-Key': 'k1' } })
  const answers = (...list: (Response | Error)[]) => {
    const seen: Request[] = []
    vi.stubGlobal('fetch', async (r: Request) => {
      seen.push(r)
      const next = list.shift()
      if (next instanceof Response) return next
      throw next
    })
    return seen
  }
  it('repeats an act under its key over 202, 503 and a lost connection until it is answered', async () => {
    const seen = answers(new Response('{}', { status: 202 }), new TypeError('fetch failed'), new Response('', { status: 503, headers: { 'Retry-After': '1' } }), new Response('{"ok":1}', { status: 200 }))
    const answer = await transport(act())
    expect(answer.status).toBe(200)
    expect(seen).toHaveLength(4)
    expect(new Set(seen.map((r) => r.headers.get('Idempotency-Key')))).toEqual(new Set(['k1']))
    expect(waiting.size).toBe(0)
  })
  it('says that the outcome is unknown when no answer comes at all', async () => {
    answers(...Array.from({ length: 20 }, () => new Response('{}', { status: 202 })))
    await expect(transport(act())).rejects.toMatchObject({ kind: 'unknown' })
  })
  it('does not repeat a refusal', async () => {
    const seen = answers(new Response('{}', { status: 409 }))
    expect((await transport(act())).status).toBe(409)
    expect(seen).toHaveLength(1)
  })
  it('asks to sign in again and then sends the same request', async () => {
    const seen = answers(new Response('', { status: 401 }), new Response('{}', { status: 200 }))
    hooks.signInAgain = async () => true
    expect((await transport(act())).status).toBe(200)
    expect(await Promise.all(seen.map((r) => r.text()))).toEqual(['{}', '{}'])
  })
  it('never repeats what has no key', async () => {
    const seen = answers(new TypeError('fetch failed'))
    await expect(transport(new Request('http://lizheng.test/api/v1/access-requests/1', { method: 'PUT', body: '{}' }))).rejects.toMatchObject({ kind: 'lost' })
    expect(seen).toHaveLength(1)
  })
})

describe('a problem', () => {
  it('is its sentence and its rule, and all further refusals', () => {
    const p = problemOf(422, { type: '', title: '', status: 422, detail: '缺口 150.00 元。', instance: '', code: 'budget_short', kind: 'invalid', rule: 'fees_follow_tasks', also: [{ kind: 'invalid', code: 'missing', zh: '请填写名称。', en: 'Name it.' }] })
    expect(p.all.map((f) => f.detail)).toEqual(['缺口 150.00 元。', '请填写名称。'])
    expect(p.rule).toBe('fees_follow_tasks')
  })
  it('is made of the status when the answer is no problem document', () => {
    expect(problemOf(503, '<html>').kind).toBe('unavailable')
    expect(problemOf(412, undefined).kind).toBe('stale')
    expect(problemOf(500, undefined).kind).toBe('internal')
  })
})

import { api, must, type Schemas } from './client'
import { Intent, perform } from './intent'
import { hooks } from './hooks'
import { Problem } from './problem'

/** askAct finds out what became of a key. */
export async function askAct(key: string): Promise<'done' | 'not_done' | 'unknown'> {
  for (let asked = 1; ; asked++) {
    const { response } = await api.GET('/acts/{key}', { params: { path: { key } } })
    if (response.status === 202 || response.status >= 500 || response.status === 401) return 'unknown'
    if (response.status !== 404) return response.ok ? 'done' : 'not_done' // refused, as it was then
    if (asked === 3) return 'not_done' // nothing under this key has come in for seconds
    await hooks.pause(1000)
  }
}

/** once sends one act so that it happens once; name tells the intents of a page apart. */
export function once<T>(name: string, content: unknown, send: (key: string) => Promise<T>): Promise<T> {
  return perform(new Intent(name), content, send, askAct)
}

type TaskAct = 'claim' | 'release' | 'transfer' | 'delegation' | 'recall' | 'urge' | 'removal' | 'decision' | 'correction'
type CaseAct = 'pause' | 'resumption' | 'suspension' | 'reinstatement' | 'exit-proposals' | 'copies' | 'signers'
type RequestAct = 'submission' | 'withdrawal' | 'appeal'

/** Where each kind of act is sent. */
const taskRoutes: Record<string, TaskAct> = { decide: 'decision', correct: 'correction', claim: 'claim', release: 'release', transfer: 'transfer',
  delegate: 'delegation', recall: 'recall', urge: 'urge', remove_signer: 'removal' }
const caseRoutes: Record<string, CaseAct> = { pause: 'pause', resume: 'resumption', suspend: 'suspension', reinstate: 'reinstatement',
  propose_exit: 'exit-proposals', copy: 'copies', add_signer: 'signers' }
const requestRoutes: Record<string, RequestAct> = { submit: 'submission', withdraw: 'withdrawal', appeal: 'appeal' }

/** canSend tells whether this application knows where to send an act. */
export function canSend(act: string): boolean {
  return act in taskRoutes || act in caseRoutes || act in requestRoutes
}

/** Body of any act; which fields it may carry depends on the act. */
export type ActBody = Record<string, unknown>

/** sendAct does one of the acts that the API says are possible, and returns its receipt. */
export function sendAct(p: { act: string; case: string; task?: string; version?: number; body: ActBody }): Promise<Schemas['Receipt']> {
  const header = (key: string) => ({ 'Idempotency-Key': key, ...(p.version ? { 'If-Match': `"${p.version}"` } : {}) })
  const name = `${p.act}:${p.task ?? p.case}`
  return once(name, p.body, (key) => must(post(p, header(key)))) as Promise<Schemas['Receipt']>
}

function post(p: { act: string; case: string; task?: string; body: ActBody }, header: { 'Idempotency-Key': string }) {
  const body = p.body as never
  if (p.task && taskRoutes[p.act]) {
    return api.POST(`/tasks/{id}/${taskRoutes[p.act]}` as '/tasks/{id}/claim', { params: { path: { id: p.task }, header }, body })
  }
  if (caseRoutes[p.act]) {
    return api.POST(`/cases/{id}/${caseRoutes[p.act]}` as '/cases/{id}/resumption', { params: { path: { id: p.case }, header }, body })
  }
  if (requestRoutes[p.act]) {
    return api.POST(`/access-requests/{id}/${requestRoutes[p.act]}` as '/access-requests/{id}/submission', { params: { path: { id: p.case }, header }, body })
  }
  throw new Problem(0, { kind: 'internal' })
}

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

/** Where each kind of act is sent. */
const taskRoutes: Record<string, TaskAct> = { decide: 'decision', correct: 'correction', claim: 'claim', release: 'release', transfer: 'transfer',
  delegate: 'delegation', recall: 'recall', urge: 'urge', remove_signer: 'removal' }
const caseRoutes: Record<string, CaseAct> = { pause: 'pause', resume: 'resumption', suspend: 'suspension', reinstate: 'reinstatement',
  propose_exit: 'exit-proposals', copy: 'copies', add_signer: 'signers' }
/** The acts that each procedure has of its own, and below which address. */
const ownRoutes: Record<string, { root: string; acts: Record<string, string> }> = {
  access: { root: 'access-requests', acts: { submit: 'submission', withdraw: 'withdrawal', appeal: 'appeal' } },
  housing: { root: 'housing-projects', acts: { submit: 'submission', withdraw: 'withdrawal', apply_presale: 'presales', extend_order: 'extensions',
    record_obstacle: 'obstacles', report_misuse: 'misuses', propose_demolition: 'demolitions' } },
  appraisal: { root: 'cases', acts: { recompose: 'panels' } },
  nomination: { root: 'nominations', acts: { name_next: 'naming' } },
  layout: { root: 'layouts', acts: { submit: 'submission', withdraw: 'withdrawal' } },
  supplement: { root: 'supplements', acts: { submit: 'submission', withdraw: 'withdrawal' } },
  plan_change: { root: 'plan-changes', acts: { submit: 'submission', withdraw: 'withdrawal' } },
}

/** canSend tells whether this application knows where to send an act. */
export function canSend(act: string, procedure = 'access'): boolean {
  return act in taskRoutes || act in caseRoutes || act in (ownRoutes[procedure]?.acts ?? {})
}

/** Body of any act; which fields it may carry depends on the act. */
export type ActBody = Record<string, unknown>

/** sendAct does one of the acts that the API says are possible, and returns its receipt. */
export function sendAct(p: { act: string; procedure?: string; case: string; task?: string; version?: number; body: ActBody }): Promise<Schemas['Receipt']> {
  const header = (key: string) => ({ 'Idempotency-Key': key, ...(p.version ? { 'If-Match': `"${p.version}"` } : {}) })
  const name = `${p.act}:${p.task ?? p.case}`
  return once(name, p.body, (key) => must(post(p, header(key)))) as Promise<Schemas['Receipt']>
}

function post(p: { act: string; procedure?: string; case: string; task?: string; body: ActBody }, header: { 'Idempotency-Key': string }) {
  const body = p.body as never
  if (p.task && taskRoutes[p.act]) {
    return api.POST(`/tasks/{id}/${taskRoutes[p.act]}` as '/tasks/{id}/claim', { params: { path: { id: p.task }, header }, body })
  }
  if (caseRoutes[p.act]) {
    return api.POST(`/cases/{id}/${caseRoutes[p.act]}` as '/cases/{id}/resumption', { params: { path: { id: p.case }, header }, body })
  }
  const own = ownRoutes[p.procedure ?? 'access']
  if (own?.acts[p.act]) {
    return api.POST(`/${own.root}/{id}/${own.acts[p.act]}` as '/access-requests/{id}/submission', { params: { path: { id: p.case }, header }, body: flat(p.body, p.procedure) as never })
  }
  throw new Problem(0, { kind: 'internal' })
}

/** flat takes what a procedure's own acts carry out of the group that its answers have it in. */
function flat(body: ActBody, procedure = ''): ActBody {
  const { [procedure]: own, ...rest } = body
  return { ...rest, ...(own as object | undefined) }
}

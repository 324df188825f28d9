import type { Schemas } from '@/api/client'

export type Form = Required<Omit<Schemas['AccessRequest'], 'children' | 'basis' | 'communities' | 'attachments' | 'funding'>> & {
  children: Schemas['Child'][]
  basis: Schemas['Basis'][]
  communities: string[]
  attachments: string[]
  funding: Schemas['Funding']
}

export const stepNames = ['item', 'basis', 'work', 'money', 'review'] as const
export type StepName = (typeof stepNames)[number]

/** On which step a field of the form is. */
const stepOf: Record<string, StepName> = {
  name: 'item', category: 'item', children: 'item', purpose: 'item', replaces: 'item', route: 'item', office: 'item', contact: 'item', signed_by: 'item', duration: 'item', start: 'item', end: 'item',
  basis: 'basis', necessity: 'basis', why_not_own: 'basis', legal_review: 'basis', attachments: 'basis',
  work: 'work', part_played: 'work', workload: 'work', powers: 'work', staff: 'work', ledger_count: 'work', system_name: 'work', sign: 'work', space_m2: 'work', assessed: 'work', pilot: 'work', exit_when: 'work',
  communities: 'money', funding: 'money',
}

/** placeOf is the step and the plain name of a field as the API names it, like funding.line or basis. */
export function placeOf(field: string | undefined): { step: StepName; field: string } {
  const parts = (field ?? '').split('.')
  return { step: stepOf[parts[0]!] ?? 'review', field: parts.at(-1)! }
}

/** complete gives every field a value, so that inputs can be bound to it. */
export function complete(f: Partial<Schemas['AccessRequest']>): Form {
  return {
    office: '', contact: '', signed_by: '', name: '', category: '', purpose: 'new', replaces: '', route: 'discretionary', necessity: '', why_not_own: '', work: '', part_played: '', duration: '', start: '', end: '',
    workload: '', powers: '', staff: '', ledger_count: 0, system_name: '', sign: false, space_m2: 0, assessed: false, pilot: '', exit_when: '', legal_review: '', ...plain(f),
    children: f.children ?? [], basis: f.basis ?? [], communities: f.communities ?? [], attachments: f.attachments ?? [], funding: { ...f.funding, kind: f.funding?.kind ?? '' },
  }
}

function plain(f: Partial<Schemas['AccessRequest']>): Partial<Schemas['AccessRequest']> {
  return Object.fromEntries(Object.entries(f).filter(([, v]) => v !== undefined && v !== null))
}

/** sendable leaves out of the funding what its kind does not use, so that nothing stands in the record that nobody can see. */
export function sendable(f: Form): Schemas['AccessRequest'] {
  const m = f.funding
  const paid = m.kind === 'budget_line' || m.kind === 'promised'
  const funding: Schemas['Funding'] = { kind: m.kind }
  if (m.kind === 'budget_line' && m.line) funding.line = m.line
  if (paid && m.driver) funding.driver = m.driver
  if (paid && m.rate_fen) funding.rate_fen = m.rate_fen
  if (paid && m.count && (m.driver === 'item' || m.driver === 'post_month')) funding.count = m.count
  if (paid && m.total_fen) funding.total_fen = m.total_fen
  if (paid && m.source) funding.source = m.source
  if (paid && m.payee) funding.payee = m.payee
  if (m.kind && m.kind !== 'budget_line' && m.statement) funding.statement = m.statement
  const out = { ...f, funding }
  if (f.purpose === 'new') out.replaces = ''
  return out
}

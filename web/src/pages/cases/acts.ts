import type { ActBody } from '@/api/acts'
import type { Schemas } from '@/api/client'

export interface Details {
  term_end?: string
  communities?: string[]
  condition?: string
  merge_into?: string
  transfer_to?: string
  until?: string
  gaps?: string[]
  budget_line?: string
  block_name?: boolean
  unit?: string
  person?: string
  from?: string
  trigger?: string
  /** What only one procedure asks for, by the name that `needs` and `takes` give it, such as appraisal.rank. */
  own?: Record<string, unknown>
}
export interface Fields { needs: string[]; takes: string[]; reason: boolean }

/** What the acts carry that are the same in every procedure; everything else says it itself, in `needs` and `takes`. */
const own: Record<string, { needs: string[]; reason: boolean }> = {
  transfer: { needs: ['unit'], reason: true },
  add_signer: { needs: ['unit'], reason: true },
  delegate: { needs: ['person'], reason: false },
  copy: { needs: ['person'], reason: false },
  pause: { needs: [], reason: true },
  remove_signer: { needs: [], reason: true },
}

/** fieldsOf is which details an act must and may come with. An answer to an objection names it by itself. */
export function fieldsOf(p: Schemas['Possible']): Fields {
  const asked = (list: string[] = []) => list.filter((f) => f !== 'objection')
  const needs = [...new Set([...(own[p.act]?.needs ?? []), ...asked(p.needs)])]
  return { needs, takes: asked(p.takes).filter((f) => !needs.includes(f)), reason: p.reason || (own[p.act]?.reason ?? false) }
}

/** given is what was filled in for a field: nothing when it is empty. A zero is something. */
export function given(d: Details, field: string): unknown {
  const v = field.includes('.') ? d.own?.[field] : d[field as keyof Details]
  if (typeof v === 'string') return v.trim() || undefined
  if (!Array.isArray(v)) return v === false || v === null ? undefined : v
  const filled = v.map((x: unknown) => (typeof x === 'string' ? x.trim() : x)).filter(Boolean)
  return filled.length ? filled : undefined
}

/** bodyOf puts together what is sent: only fields that the act uses, and only those that were filled in. */
export function bodyOf(p: Schemas['Possible'], fields: Fields, d: Details, opinion: string): ActBody {
  const chosen: Record<string, unknown> = {}
  for (const f of [...fields.needs, ...fields.takes]) {
    const v = given(d, f)
    if (v === undefined) continue
    const [group, name] = f.split('.') as [string, string?]
    if (name) chosen[group] = { ...(chosen[group] as object | undefined), [name]: v }
    else chosen[f] = v
  }
  const said = opinion ? { opinion } : {}
  if (p.act !== 'decide') return { ...said, ...chosen }
  return { outcome: p.outcome, ...said, ...(Object.keys(chosen).length ? { details: chosen } : {}) }
}

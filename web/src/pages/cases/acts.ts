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
}
export interface Fields { needs: string[]; takes: string[]; reason: boolean }

/** What the acts that are no answers carry; the answers say it themselves, in `needs`. */
const own: Record<string, Fields> = {
  transfer: { needs: ['unit'], takes: [], reason: true },
  add_signer: { needs: ['unit'], takes: [], reason: true },
  delegate: { needs: ['person'], takes: [], reason: false },
  copy: { needs: ['person'], takes: [], reason: false },
  suspend: { needs: [], takes: ['from'], reason: true },
  propose_exit: { needs: ['trigger'], takes: [], reason: true },
  pause: { needs: [], takes: [], reason: true },
  reinstate: { needs: [], takes: [], reason: true },
  remove_signer: { needs: [], takes: [], reason: true },
  appeal: { needs: [], takes: [], reason: true },
}

/** fieldsOf is which details an act must and may come with. */
export function fieldsOf(p: Schemas['Possible'], takes: string[]): Fields {
  if (p.act !== 'decide') return own[p.act] ?? { needs: [], takes: [], reason: false }
  const needs = (p.needs ?? []).filter((f) => f !== 'objection')
  return { needs, takes: takes.filter((f) => f !== 'objection' && !needs.includes(f)), reason: p.reason }
}

/** bodyOf puts together what is sent: only fields that the act uses, and only those that were filled in. */
export function bodyOf(p: Schemas['Possible'], fields: Fields, d: Details, opinion: string): ActBody {
  const chosen: Record<string, unknown> = {}
  for (const f of [...fields.needs, ...fields.takes]) {
    const v = d[f as keyof Details]
    if (Array.isArray(v)) {
      const filled = v.map((x) => x.trim()).filter(Boolean)
      if (filled.length) chosen[f] = filled
    } else if (v) chosen[f] = typeof v === 'string' ? v.trim() : v
  }
  const said = opinion ? { opinion } : {}
  if (p.act !== 'decide') return { ...said, ...chosen }
  return { outcome: p.outcome, ...said, ...(Object.keys(chosen).length ? { details: chosen } : {}) }
}

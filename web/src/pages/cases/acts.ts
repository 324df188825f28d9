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

/** How one field of a change to a unit, a place or a person is asked for. */
export interface Field {
  key: string
  as: 'text' | 'key' | 'day' | 'level' | 'kind' | 'region' | 'unit' | 'units' | 'regions' | 'number' | 'yes'
  required?: boolean
  max?: number
}
export type Thing = 'unit' | 'region' | 'person'
export type Change = 'create' | 'rename' | 'move' | 'end'

const source: Field = { key: 'source', as: 'text', required: true, max: 500 }
const from: Field = { key: 'from', as: 'day' }
const names: Field[] = [{ key: 'name', as: 'text', required: true, max: 100 }, { key: 'name_en', as: 'text', max: 200 }]
const marks: Field[] = [{ key: 'short_name', as: 'text', max: 100 }, { key: 'document_mark', as: 'text', max: 20 }]
const hangs: Field[] = [{ key: 'parent', as: 'region', required: true }, { key: 'entrusted_to', as: 'region' }]

/** What every change asks for, in the order in which one fills it in. */
export const forms: Record<Thing, Partial<Record<Change, Field[]>>> = {
  unit: {
    create: [{ key: 'key', as: 'key', required: true, max: 100 }, ...names, ...marks, { key: 'level', as: 'level', required: true }, { key: 'kind', as: 'kind', required: true }, { key: 'region', as: 'region' }, from, source],
    rename: [...names, ...marks, from, source],
    end: [{ key: 'on', as: 'day' }, { key: 'successors', as: 'units' }, source],
  },
  region: {
    create: [{ key: 'key', as: 'key', required: true, max: 80 }, { key: 'code', as: 'text', max: 20 }, ...names, { key: 'level', as: 'level', required: true }, { key: 'kind', as: 'kind', required: true }, ...hangs,
      { key: 'households', as: 'number' }, { key: 'population', as: 'number' }, { key: 'urban', as: 'yes' }, from, source],
    rename: [...names, from, source],
    move: [...hangs, from, source],
    end: [{ key: 'on', as: 'day' }, { key: 'successors', as: 'regions' }, source],
  },
  person: {
    create: [{ key: 'id', as: 'key', required: true, max: 80 }, { key: 'name', as: 'text', required: true, max: 50 }, { key: 'unit', as: 'unit' }, { key: 'post', as: 'text', max: 100 }],
    rename: [{ key: 'name', as: 'text', required: true, max: 50 }, { key: 'unit', as: 'unit' }, { key: 'post', as: 'text', max: 100 }, source],
    end: [{ key: 'reason', as: 'text', required: true, max: 500 }],
  },
}

/** The levels and kinds that a new one may have. */
export const levels = { unit: ['province', 'city', 'district', 'township', 'community', 'external'], region: ['district', 'township', 'community'] }
export const kinds = {
  unit: ['government', 'office', 'party', 'mass_organisation', 'social_organisation', 'third_party', 'leading_group', 'combined', 'preparatory'],
  region: ['district', 'county_city', 'dev_zone', 'street', 'town', 'residents_committee', 'village_committee'],
}

/** bodyOf is what is sent: what was filled in, and nothing else. */
export function bodyOf(fields: Field[], values: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (const f of fields) {
    const v = values[f.key]
    if (typeof v === 'string' && v.trim()) out[f.key] = f.as === 'number' ? Number(v) : v.trim()
    if (Array.isArray(v) && v.length) out[f.key] = v
    if (v === true) out[f.key] = true
  }
  return out
}

/** missing tells whether something needed is not there yet, or not as it must be. */
export function missing(fields: Field[], values: Record<string, unknown>): boolean {
  const text = (k: string) => String(values[k] ?? '').trim()
  return fields.some((f) => (f.required && !text(f.key)) || (f.as === 'key' && !/^[a-z0-9][a-z0-9-]*$/.test(text(f.key))) || (f.as === 'number' && !/^\d*$/.test(text(f.key))))
}

import type { Schemas } from '@/api/client'

/** What the answers to a project's tasks carry; every part may be half filled in while somebody types. */
export type Answer = { -readonly [K in keyof Schemas['HousingDetails']]?: Draft<Schemas['HousingDetails'][K]> }
export type Draft<T> = T extends (infer I)[] ? Draft<I>[] : T extends object ? { [K in keyof T]?: Draft<T[K]> } : T
export type Field = keyof Schemas['HousingDetails']

export const prefix = 'housing.'
/** fieldIn is the part of the answer that a need like housing.rooms names. */
export const fieldIn = (need: string): Field | undefined => (need.startsWith(prefix) ? (need.slice(prefix.length) as Field) : undefined)

const all = (o: object | undefined, ...keys: string[]) => !!o && keys.every((k) => !empty((o as Record<string, unknown>)[k]))
const empty = (v: unknown) => v === undefined || v === null || (typeof v === 'string' && v.trim() === '') || (Array.isArray(v) && v.length === 0)

const whole: Partial<Record<Field, (v: never) => boolean>> = {
  document: (v: object) => all(v, 'number', 'date'),
  conditions: (v: object) => all(v, 'area', 'position', 'highest_storey', 'independent', 'delivery', 'ownership', 'transferee'),
  rooms: (v: object[]) => v.length > 0 && v.every((r) => all(r, 'name', 'use', 'storey', 'area')),
  progress: (v: object) => all(v, 'homes', 'rooms'),
  defects: (v: string[]) => v.some((d) => d?.trim()),
  measure: (v: { remedy?: string }) => all(v, 'remedy', 'area') && (v.remedy !== 'buy_nearby' || all(v, 'region', 'storey')),
  price: (v: object) => all(v, 'construction_fen', 'land_fen'),
  inventory: (v: { lines?: object[] }) => all(v, 'area', 'archives', 'lines') && v.lines!.every((l) => all(l, 'kind', 'name')),
  in_use: (v: object[]) => v.length > 0 && v.every((r) => all(r, 'name', 'area', 'storey', 'uses')),
  replacement: (v: { document?: object }) => all(v, 'region', 'rooms') && all(v.document, 'number', 'date'),
}

/** filled tells whether a part can be sent; whether it is right is for the rules to say. */
export function filled(field: Field, v: unknown): boolean {
  return !empty(v) && (whole[field] ? (whole[field] as (v: unknown) => boolean)(v) : true)
}

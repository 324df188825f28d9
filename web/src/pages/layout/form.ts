import type { Schemas } from '@/api/client'

export interface Row { community: string | undefined; way: string; area: string | undefined; site: string; year: number | undefined; note: string }
export interface Form { from: number | undefined; to: number | undefined; circular: string; rows: Row[] }

export const emptyRow = (): Row => ({ community: undefined, way: 'project', area: undefined, site: '', year: undefined, note: '' })

/** complete gives every field of a plan a value, so that inputs can be bound to it. */
export function complete(f: Partial<Schemas['LayoutForm']>): Form {
  return { from: f.from || undefined, to: f.to || undefined, circular: f.circular ?? '',
    rows: (f.rows ?? []).map((r) => ({ community: r.community || undefined, way: r.way, area: r.area === '0.00' ? undefined : r.area, site: r.site, year: r.year || undefined, note: r.note ?? '' })) }
}

/** sendable writes a plan as the API takes it; what is not known yet is sent as nothing. */
export function sendable(f: Form): Schemas['LayoutForm'] {
  const circular = f.circular.trim()
  return { from: f.from ?? 0, to: f.to ?? 0, ...(circular ? { circular } : {}),
    rows: f.rows.map((r) => ({ community: r.community ?? '', way: r.way, area: r.area ?? '0.00', site: r.site.trim(), year: r.year ?? 0, ...(r.note.trim() ? { note: r.note.trim() } : {}) })) }
}

import type { Schemas } from '@/api/client'

export interface Form { region: string | undefined; means: string; area: string | undefined; address: string; storey: number | undefined; cost_fen: number | undefined; money: string; ready: string; why: string; replaces: string[] }

/** complete gives every field of a proposal a value, so that inputs can be bound to it. */
export function complete(f: Partial<Schemas['SupplementForm']>): Form {
  return { region: f.region || undefined, means: f.means ?? '', area: f.area && f.area !== '0.00' ? f.area : undefined, address: f.address ?? '', storey: f.storey || undefined, cost_fen: f.cost_fen, money: f.money ?? '', ready: f.ready ?? '', why: f.why ?? '', replaces: [...(f.replaces ?? [])] }
}

/** sendable leaves out what is empty, and the rooms that are exchanged where nothing is. */
export function sendable(f: Form): Schemas['SupplementForm'] {
  const texts = Object.fromEntries((['address', 'money', 'ready', 'why'] as const).map((k) => [k, f[k]?.trim()]).filter(([, v]) => v))
  return { region: f.region ?? '', means: f.means, area: f.area ?? '0.00', ...texts, ...(f.storey ? { storey: f.storey } : {}), ...(f.cost_fen !== undefined ? { cost_fen: f.cost_fen } : {}),
    ...(f.means === 'replacement' && f.replaces.length ? { replaces: f.replaces } : {}) }
}

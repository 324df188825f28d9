import type { Schemas } from '@/api/client'

type Funding = Schemas['Funding']
type Region = Pick<Schemas['RegionView'], 'households' | 'population'>

/** estimate is what a funding adds up to over communities, as the API computes it: rate × driver, or the lump sum. undefined beyond what the API takes. */
export function estimate(f: Funding, communities: Region[]): number | undefined {
  if (f.kind === 'zero_cost' || !f.kind || !f.driver) return 0
  const rate = f.rate_fen ?? 0
  if (f.driver === 'lump_sum') return communities.length ? rate : 0
  let units = 0n
  for (const c of communities) units += BigInt(f.driver === 'household' ? c.households : f.driver === 'resident' ? c.population : (f.count ?? 0))
  const total = units * BigInt(rate)
  return total <= 1_000_000_000_000n ? Number(total) : undefined
}

import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, must, type Schemas } from '@/api/client'

type Region = Schemas['RegionView']
type Unit = Schemas['UnitView']

/** everything reads a list to its end. */
async function everything<T>(read: (after?: string) => Promise<{ items: T[]; next?: string }>): Promise<T[]> {
  const all: T[] = []
  let after: string | undefined
  do {
    const page = await read(after)
    all.push(...page.items)
    after = page.next
  } while (after)
  return all
}

/** Places and bodies as they stand today; read once, they change a few times a year. */
export const usePlaces = defineStore('places', () => {
  const regions = shallowRef<Region[]>([])
  const units = shallowRef<Unit[]>([])
  let readingRegions: Promise<void> | undefined
  let readingUnits: Promise<void> | undefined

  function loadRegions(): Promise<void> {
    return (readingRegions ??= everything((after) => must(api.GET('/regions', { params: { query: { after, limit: 100 } } }))).then(
      (r) => void (regions.value = r),
      (e: unknown) => {
        readingRegions = undefined
        throw e
      },
    ))
  }
  function loadUnits(): Promise<void> {
    return (readingUnits ??= everything((after) => must(api.GET('/units', { params: { query: { after, limit: 100 } } }))).then(
      (u) => void (units.value = u),
      (e: unknown) => {
        readingUnits = undefined
        throw e
      },
    ))
  }
  /** forget has them read again: somebody changed them. */
  function forget() {
    readingRegions = readingUnits = undefined
  }
  const region = (key: string) => regions.value.find((r) => r.key === key)
  const unit = (key: string) => units.value.find((u) => u.key === key)
  return { regions, units, loadRegions, loadUnits, forget, region, unit }
})

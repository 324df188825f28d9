import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, must, type Schemas } from '@/api/client'

type Region = Schemas['RegionView']
type Unit = Schemas['UnitView']

/** Places and bodies as they stand today; read once, they change a few times a year. */
export const usePlaces = defineStore('places', () => {
  const regions = shallowRef<Region[]>([])
  const units = shallowRef<Unit[]>([])
  let readingRegions: Promise<void> | undefined
  let readingUnits: Promise<void> | undefined

  function loadRegions(): Promise<void> {
    return (readingRegions ??= must(api.GET('/regions')).then(
      (r) => void (regions.value = r.items),
      (e: unknown) => {
        readingRegions = undefined
        throw e
      },
    ))
  }
  function loadUnits(): Promise<void> {
    return (readingUnits ??= must(api.GET('/units')).then(
      (u) => void (units.value = u.items),
      (e: unknown) => {
        readingUnits = undefined
        throw e
      },
    ))
  }
  const region = (key: string) => regions.value.find((r) => r.key === key)
  const unit = (key: string) => units.value.find((u) => u.key === key)
  return { regions, units, loadRegions, loadUnits, region, unit }
})

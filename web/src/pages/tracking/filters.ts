import { computed } from 'vue'
import type { Schemas } from '@/api/client'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'

type Value = LocationQueryValue | LocationQueryValue[] | undefined
const one = (v: Value) => (Array.isArray(v) ? v[0] : v) ?? ''
const many = (v: Value) => (Array.isArray(v) ? v : v ? [v] : []).filter((x): x is string => !!x)

/** What the figures are about: filed by whom, and when. */
export type Query = { unit?: string; from?: string; to?: string; procedure?: Schemas['Procedure'] }

/** useAddress keeps filters in the address, so that a view can be bookmarked and passed on. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  const set = (changes: Record<string, string | string[] | undefined>) => {
    const next: Record<string, string | string[]> = {}
    for (const [k, v] of Object.entries({ ...route.query, ...changes })) {
      const filled = Array.isArray(v) ? many(v) : v
      if (filled && filled.length) next[k] = filled
    }
    return router.replace({ query: next })
  }
  const text = (key: string) => computed({ get: () => one(route.query[key]), set: (v: string | undefined | null) => void set({ [key]: v ?? undefined }) })
  const list = (key: string) => computed({ get: () => many(route.query[key]), set: (v: string[]) => void set({ [key]: v }) })
  const flag = (key: string) => computed({ get: () => one(route.query[key]) === 'true', set: (v: boolean) => void set({ [key]: v ? 'true' : undefined }) })
  const clear = () => router.replace({ query: {} })
  return { text, list, flag, clear, route }
}

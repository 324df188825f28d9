import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api, must, type Schemas } from '@/api/client'

export type Definition = Schemas['Definition']

/** The procedures as the API defines them: what is drawn here is what is run there. */
export const useDefinitions = defineStore('definitions', () => {
  const all = shallowRef<Definition[]>([])
  let loading: Promise<void> | undefined
  function load(): Promise<void> {
    return (loading ??= must(api.GET('/public/definitions')).then(
      (d) => void (all.value = d.items),
      (e: unknown) => {
        loading = undefined
        throw e
      },
    ))
  }
  const of = (procedure: string) => all.value.find((d) => d.procedure === procedure)
  return { all, load, of }
})

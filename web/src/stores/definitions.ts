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
  /** A step's name means the same in every procedure that has it. */
  const step = (name: string) => all.value.flatMap((d) => d.steps).find((s) => s.name === name)
  /** states are those of one procedure or, without one, of all: each once, in the order of the regulations. */
  function states(procedure?: string) {
    const of = all.value.filter((d) => !procedure || d.procedure === procedure).flatMap((d) => d.states)
    return [...new Map(of.map((s) => [s.state, s])).values()]
  }
  return { all, load, of, step, states }
})

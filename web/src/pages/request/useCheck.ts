import { onScopeDispose, ref, shallowRef, watch, type WatchSource } from 'vue'
import { api, must, type Schemas } from '@/api/client'
import { asProblem, isAbort, worded, type Fault, type Problem } from '@/api/problem'
import { debounced } from '@/lib/debounce'

/** Found is what a check says, its refusals in the language of the page. */
export type Found = Omit<Schemas['Findings'], 'refusals'> & { refusals: Fault[] }

/** useCheck asks while somebody types what a submission would be refused for, and what it would cost. */
export function useCheck(source: object, body: () => Schemas['NewDraft'] | undefined, language: WatchSource) {
  const findings = shallowRef<Found>()
  const checking = ref(false)
  const problem = shallowRef<Problem>()
  let current: AbortController | undefined

  async function check() {
    const asked = body()
    if (!asked) return
    current?.abort()
    const mine = (current = new AbortController())
    checking.value = true
    try {
      const found = await must(api.POST('/access-requests/check', { body: asked, signal: mine.signal }))
      if (mine !== current) return
      findings.value = { ...found, refusals: worded(found.refusals) }
      problem.value = undefined
    } catch (e) {
      if (mine === current && !isAbort(e)) problem.value = asProblem(e)
    } finally {
      if (mine === current) checking.value = false
    }
  }
  const later = debounced(() => void check(), 500)
  watch(source as WatchSource, () => later(), { deep: true })
  watch(language, () => void check())
  onScopeDispose(() => {
    later.cancel()
    current?.abort()
  })
  return { findings, checking, problem, check }
}

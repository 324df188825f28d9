import { computed } from 'vue'
import { api, must, type Schemas } from '@/api/client'
import { useLoad } from '@/lib/load'
import { useWords } from '@/lib/words'
import { useLive } from '@/stores/live'
import { useSession } from '@/stores/session'

export type View = Schemas['AssessmentView']
type Part = View['parts'][number]
/** readPart reads a year with the revision of what one unit has written down in it: that is what its save compares. */
export async function readPart(year: number, kind: Part['kind'], unit?: string, quarter?: number): Promise<{ value: View; tag: string }> {
  const value = (await must(api.GET('/assessments/{year}', { params: { path: { year } } }))) as View
  const part = value.parts.find((p) => p.kind === kind && p.unit === unit && (p.quarter ?? 0) === (quarter ?? 0))
  return { value, tag: `"${part?.revision ?? 0}"` }
}
/** A save of nothing: there is no line yet that could be sent. */
export const nothing = () => Promise.resolve({ response: new Response(null, { status: 204 }) })

/** openTasks are what somebody is asked for in a year: the step, for which unit, until when. */
export function openTasks(v: View | undefined, units: Set<string>): Schemas['HandedIn'][] {
  return (v?.handed_in ?? []).filter((h) => h.state === 'open' && units.has(h.unit.key))
}

/** useYear reads a year of the assessment and keeps it up to date. */
export function useYear(year: number) {
  const { name } = useWords()
  const session = useSession()
  const page = useLoad((signal) => must(api.GET('/assessments/{year}', { params: { path: { year } }, signal })))
  useLive().onChanged(() => void page.reload())
  const view = page.data
  const seats = computed(() => new Set((session.me?.seats ?? []).map((s) => s.unit.key)))
  const mine = computed(() => openTasks(view.value, seats.value))
  const unit = (key: string) => name(view.value?.units.find((u) => u.key === key)) || key
  return { page, view, seats, mine, unit }
}

import type { Schemas } from '@/api/client'
import { packed } from '@/lib/lists'
import { type Draft } from './answers'

export type Phase = Draft<Schemas['HousingPhase']>
/** How the plan gives its persons: not at all, in all, or for each home. */
export type Stated = 'none' | 'population' | 'per_home'

/** What both forms say of homes and persons. */
interface Homes { households: number | undefined; stated: Stated; population: string; persons_per_household: string; phases: Phase[] }

export interface ProjectForm extends Homes {
  name: string
  address: string
  community: string | undefined
  developer: string | undefined
  surveyor: string | undefined
  approval: Partial<Schemas['DocumentRef']>
  plots: string[]
  spread_decision: Partial<Schemas['DocumentRef']>
}
export interface ChangeForm extends Homes {
  name: string
  project: string
  reason: string
  area: string | undefined
  drawings: Partial<Schemas['DocumentRef']>
}

type Kept = { households?: number; population?: string; persons_per_household?: string; phases?: Schemas['HousingPhase'][] }
function homes(f: Kept): Homes {
  return { households: f.households || undefined, stated: f.population ? 'population' : f.persons_per_household ? 'per_home' : 'none', population: f.population ?? '', persons_per_household: f.persons_per_household ?? '', phases: (f.phases ?? []).map((p) => ({ ...p })) }
}

/** projectForm gives every field of a registration a value, so that inputs can be bound to it. */
export function projectForm(f: Partial<Schemas['HousingProject']>): ProjectForm {
  return { name: f.name ?? '', address: f.address ?? '', community: f.community || undefined, developer: f.developer || undefined, surveyor: f.surveyor || undefined, approval: { ...f.approval },
    plots: [...(f.plots ?? [])], spread_decision: { ...f.spread_decision }, ...homes(f) }
}

export function changeForm(f: Partial<Schemas['PlanChangeView']['change']>): ChangeForm {
  return { name: f.name ?? '', project: f.project ?? '', reason: f.reason ?? '', area: f.area && f.area !== '0.00' ? f.area : undefined, drawings: { ...f.drawings }, ...homes(f) }
}

/** A paper of which only a part is known yet goes along as it is; one that nobody has begun does not. */
const paper = (d: Partial<Schemas['DocumentRef']>): Schemas['DocumentRef'] | undefined => (d.number?.trim() || d.date ? { number: d.number?.trim() ?? '', date: d.date ?? '', ...(d.attachment ? { attachment: d.attachment } : {}) } : undefined)
const number = (text: string) => text.replace(/[,，\s]/g, '')
/** isDecimal tells whether a text is a number as the API takes it. */
export const isDecimal = (text: string) => /^\d{1,9}(\.\d{1,4})?$/.test(number(text))

function people(f: Homes) {
  return { households: f.households ?? 0, ...(f.stated === 'population' && isDecimal(f.population) ? { population: number(f.population) } : {}),
    ...(f.stated === 'per_home' && isDecimal(f.persons_per_household) ? { persons_per_household: number(f.persons_per_household) } : {}),
    ...(f.phases.length ? { phases: f.phases.map((p, i) => ({ number: i + 1, volume: p.volume ?? '0.00', households: p.households ?? 0, rooms: p.rooms ?? '0.00', ...(packed({ name: p.name, buildings: p.buildings }) as object) })) } : {}) }
}

/** projectBody is what is saved of a registration. */
export function projectBody(f: ProjectForm): Schemas['HousingForm'] {
  const approval = paper(f.approval)
  const spread = f.phases.length > 1 ? paper(f.spread_decision) : undefined
  const plots = f.plots.map((p) => p.trim()).filter(Boolean)
  return { name: f.name.trim(), ...(packed({ address: f.address, community: f.community, developer: f.developer, surveyor: f.surveyor }) as object), ...(approval ? { approval } : {}),
    ...people(f), ...(plots.length ? { plots } : {}), ...(spread ? { spread_decision: spread } : {}) }
}

export function changeBody(f: ChangeForm): Schemas['PlanChangeForm'] {
  return { name: f.name.trim(), project: f.project, ...(f.reason.trim() ? { reason: f.reason.trim() } : {}), area: f.area ?? '0.00', drawings: paper(f.drawings) ?? { number: '', date: '' }, ...people(f) }
}

/** placed is the input that a field of the API belongs to: approval.number to approval, phases[0] to phases. */
export function placed(field: string | undefined): string {
  return (field ?? '').split(/[.[]/)[0] ?? ''
}

/** homesDiffer is what the phases come to when that is not what the project has. */
export function homesDiffer(f: Homes): number | undefined {
  const sum = f.phases.reduce((n, p) => n + (p.households ?? 0), 0)
  return f.phases.length && sum !== (f.households ?? 0) ? sum : undefined
}

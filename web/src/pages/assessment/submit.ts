import { once } from '@/api/acts'
import { api, must } from '@/api/client'

/** sendYear begins a year of the assessment that was drafted. */
export async function sendYear(year: number): Promise<void> {
  await once(`assessment-start:${year}`, {}, (key) => must(api.POST('/assessments/{year}/submission', { params: { path: { year }, header: { 'Idempotency-Key': key } }, body: {} })))
}

import createClient from 'openapi-fetch'
import { problemOf } from './problem'
import type { components, paths } from './schema'
import { transport } from './transport'

export type Schemas = components['schemas']

/** The one door to the API. */
export const api = createClient<paths>({ baseUrl: `${globalThis.location?.origin ?? ''}/api/v1`, credentials: 'same-origin', fetch: transport,
  querySerializer: { array: { style: 'form', explode: true } } })

interface Answered<T> { data?: T; error?: unknown; response: Response }

/** must waits for an answer and throws the Problem when it is none of the good ones. */
export async function must<T>(answer: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await answer
  if (!response.ok) throw problemOf(response.status, error)
  return data as T
}

/** tagged also hands back the version that the answer carries in ETag. */
export async function tagged<T>(answer: Promise<Answered<T>>): Promise<{ value: T; tag: string }> {
  const { data, error, response } = await answer
  if (!response.ok) throw problemOf(response.status, error)
  return { value: data as T, tag: response.headers.get('ETag') ?? '' }
}

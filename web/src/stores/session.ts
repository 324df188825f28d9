import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api, must, type Schemas } from '@/api/client'
import { asProblem, type Problem } from '@/api/problem'
import { hooks } from '@/api/transport'

export type Role = Schemas['Role']

/** Everything about who is in front of the screen. */
export const useSession = defineStore('session', () => {
  const me = shallowRef<Schemas['Me']>()
  const problem = shallowRef<Problem>()
  const expired = ref(false)
  const known = ref(false) // whether it was heard yet who this is
  let waitingForSignIn: Array<(again: boolean) => void> = []
  let loading: Promise<void> | undefined

  /** load asks once who is signed in; later calls wait for the same answer. */
  function load(): Promise<void> {
    return (loading ??= refresh())
  }

  async function refresh(): Promise<void> {
    const { data, response } = await api.GET('/me').catch((e: unknown) => {
      problem.value = asProblem(e)
      return { data: undefined, response: undefined }
    })
    if (response) problem.value = undefined
    if (response && !response.ok && response.status !== 401) problem.value = asProblem(new Error(`who am I: ${response.status}`))
    me.value = data && (data.seats.length ? data : await withGrants(data))
    known.value = true
  }

  /** The three administrators sit in no seat of any procedure: what they are is in their grants. */
  async function withGrants(who: Schemas['Me']): Promise<Schemas['Me']> {
    const { data } = await api.GET('/grants', { params: { query: { person: who.person.key } } }).catch(() => ({ data: undefined }))
    return { ...who, seats: (data?.items ?? []).filter((g) => g.in_force).map((g) => g.seat) }
  }

  async function signIn(login: string, password: string): Promise<void> {
    const before = me.value?.person.key
    const answer = await must(api.POST('/session', { body: { login, password } }))
    if (before !== undefined && answer.person !== before) forget()
    await refresh()
    loading = Promise.resolve()
    settle(true)
  }

  async function signOut(): Promise<void> {
    await api.DELETE('/session').catch(() => undefined) // signed out here whatever the server heard
    me.value = undefined
    forget()
  }

  /** What one person typed is not for the next one at the same desk. */
  function forget() {
    for (const k of Object.keys(sessionStorage)) if (k.startsWith('kept:') || k.startsWith('intent:')) sessionStorage.removeItem(k)
  }

  /** signInAgain opens the dialog over whatever is on the screen and waits for its end. */
  async function signInAgain(): Promise<boolean> {
    if (!known.value) return false
    if (!me.value) return false
    expired.value = true
    return new Promise((done) => waitingForSignIn.push(done))
  }

  function settle(again: boolean) {
    expired.value = false
    for (const done of waitingForSignIn) done(again)
    waitingForSignIn = []
  }

  const roles = computed(() => {
    const own = me.value?.seats.map((s) => s.role) ?? []
    const others = me.value?.principals.flatMap((p) => p.seats.map((s) => s.role)) ?? []
    return new Set([...own, ...others])
  })
  const has = (...wanted: Role[]) => wanted.some((r) => roles.value.has(r))
  /** unitsAs are the units for which this person sits in a role, for others too for whom they stand in. */
  function unitsAs(role: Role): Schemas['Named'][] {
    const seats = [...(me.value?.seats ?? []), ...(me.value?.principals.flatMap((p) => p.seats) ?? [])]
    return [...new Map(seats.filter((s) => s.role === role).map((s) => [s.unit.key, s.unit])).values()]
  }

  hooks.signInAgain = signInAgain
  return { me, known, problem, expired, roles, has, unitsAs, load, refresh, signIn, signOut, settle }
})

import { onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { asProblem, problemOf, type Problem } from '@/api/problem'
import { debounced } from './debounce'

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'retrying'
const pause = 1200 // ms of quiet before what was typed is saved
const again = 5000 // ms until a save that did not arrive is tried again

/** What came back from a save: its new revision, or what was wrong. */
interface Written { data?: { revision?: number } | undefined; error?: unknown; response?: Response | undefined }

/** Where something that saves itself comes from and goes to: V is what is read, F what is typed. */
export interface Source<V, F> {
  /** Names the copy on this machine. */
  slot: string
  read: () => Promise<{ value: V; tag: string }>
  write: (body: unknown, tag: string) => Promise<Written>
  form: (v: V) => F
  /** What of the form is sent. */
  body: (f: F) => unknown
  /** Whether something was typed that cannot be sent yet; it is kept on this machine meanwhile. */
  unfinished?: (f: F) => boolean
  editable: (v: V) => boolean
  revision?: (v: V) => number
}

/**
 * useSaved holds what somebody types: it saves it by itself over the revision that was read, keeps a copy on this machine until
 * that has arrived, and never overwrites what somebody else has saved meanwhile.
 */
export function useSaved<V, F extends object>(source: Source<V, F>, empty: F) {
  const slot = `kept:${source.slot}`
  const view = shallowRef<V>()
  const form = reactive({ value: empty }) as { value: F }
  const state = ref<SaveState>('saved')
  const problem = shallowRef<Problem>()
  const restored = ref(false)
  const theirs = shallowRef<F>()
  const revision = ref(0)
  let tag = ''
  let sent = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const text = () => JSON.stringify(source.body(form.value))
  const unfinished = () => source.unfinished?.(form.value) ?? false

  async function load() {
    problem.value = undefined
    try {
      const got = await read()
      view.value = got.value
      tag = got.tag
      form.value = source.form(got.value)
      sent = text()
      restore()
    } catch (e) {
      problem.value = asProblem(e)
    }
  }

  /** What was typed here and has not arrived stands over what was read. */
  function restore() {
    const kept = sessionStorage.getItem(slot)
    if (!kept || kept === JSON.stringify(form.value) || !view.value || !source.editable(view.value)) return
    form.value = JSON.parse(kept) as F
    restored.value = text() !== sent || unfinished()
  }

  async function read() {
    const got = await source.read()
    revision.value = source.revision?.(got.value) ?? revision.value
    return got
  }

  /** save sends what has changed; it resolves once the server has it, or has refused it. */
  function save(): Promise<void> {
    later.cancel()
    clearTimeout(timer)
    return (running ??= put().finally(() => (running = undefined)))
  }

  async function put(): Promise<void> {
    const body = text()
    if (body === sent || theirs.value || !view.value || !source.editable(view.value)) return
    state.value = 'saving'
    const { data, error, response } = await source.write(JSON.parse(body), tag).catch((e: unknown): Written => ({ error: asProblem(e) }))
    if (response?.ok) return arrived(body, data?.revision, response.headers.get('ETag'))
    const refused = response ? problemOf(response.status, error) : asProblem(error)
    if (refused.kind === 'stale') return collide()
    if (['lost', 'unavailable', 'internal', 'unauthorised'].includes(refused.kind)) {
      state.value = 'retrying'
      timer = setTimeout(() => void save(), again)
      return
    }
    state.value = 'unsaved'
    problem.value = refused
  }

  async function arrived(body: string, n: number | undefined, t: string | null): Promise<void> {
    sent = body
    tag = t ?? (n === undefined ? tag : `"${n}"`)
    revision.value = n ?? revision.value
    problem.value = undefined
    if (text() !== sent) return put() // typed on meanwhile
    state.value = 'saved'
    if (!unfinished()) sessionStorage.removeItem(slot)
  }

  async function collide() {
    const latest = await read().catch(() => undefined)
    state.value = 'unsaved'
    if (!latest) return
    tag = latest.tag
    view.value = latest.value
    const other = source.form(latest.value)
    if (JSON.stringify(source.body(other)) === text()) {
      sent = text()
      state.value = 'saved'
      return
    }
    theirs.value = other
  }

  /** settle ends a collision: with one's own text over theirs, or with theirs. */
  function settle(keepMine: boolean) {
    if (!keepMine && theirs.value) {
      form.value = theirs.value
      sent = text()
      state.value = 'saved'
      sessionStorage.removeItem(slot)
    } else {
      sent = ''
    }
    theirs.value = undefined
    if (keepMine) void save()
  }

  const later = debounced(() => void save(), pause)
  watch(form, () => {
    const same = text() === sent
    if (!same || unfinished()) sessionStorage.setItem(slot, JSON.stringify(form.value))
    if (same) return
    if (state.value !== 'retrying') state.value = 'unsaved'
    later()
  }, { deep: true })
  const online = () => state.value === 'retrying' && void save()
  const warn = (e: BeforeUnloadEvent) => state.value !== 'saved' && e.preventDefault()
  window.addEventListener('online', online)
  window.addEventListener('beforeunload', warn)
  onScopeDispose(() => {
    window.removeEventListener('online', online)
    window.removeEventListener('beforeunload', warn)
    clearTimeout(timer)
    if (state.value !== 'saved') void save()
  })
  return { view, form, state, problem, restored, theirs, revision, load, save, settle, tagNow: () => tag }
}

import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { api, tagged, type Schemas } from '@/api/client'
import { asProblem, problemOf, type Problem } from '@/api/problem'
import { debounced } from '@/lib/debounce'
import { complete, sendable, type Form } from './form'

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'retrying'
const pause = 1200 // ms of quiet before the form is saved
const again = 5000 // ms until a save that did not arrive is tried again

/**
 * useDraft holds a request's form: it saves it by itself over the revision that was read, keeps a copy on this machine until
 * that has arrived, and never overwrites what somebody else has saved meanwhile.
 */
export function useDraft(id: string) {
  const slot = `kept:request:${id}`
  const view = shallowRef<Schemas['DraftView']>()
  const form = reactive<{ value: Form }>({ value: complete({}) })
  const state = ref<SaveState>('saved')
  const problem = shallowRef<Problem>()
  const restored = ref(false)
  const theirs = shallowRef<Form>()
  const revision = ref(0)
  let tag = ''
  let sent = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined

  const text = () => JSON.stringify(sendable(form.value))

  async function load() {
    problem.value = undefined
    try {
      const { value, tag: t } = await read()
      view.value = value
      tag = t
      form.value = complete(value.form)
      sent = text()
      const kept = sessionStorage.getItem(slot)
      if (kept && kept !== sent && value.editable) {
        form.value = complete(JSON.parse(kept) as Schemas['AccessRequest'])
        restored.value = true
      }
    } catch (e) {
      problem.value = asProblem(e)
    }
  }

  async function read() {
    const got = await tagged(api.GET('/access-requests/{id}', { params: { path: { id } } }))
    revision.value = got.value.revision
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
    if (body === sent || theirs.value || !view.value?.editable) return
    state.value = 'saving'
    const { data, error, response } = await api.PUT('/access-requests/{id}', { params: { path: { id }, header: { 'If-Match': tag } }, body: JSON.parse(body) })
      .catch((e: unknown) => ({ data: undefined, error: asProblem(e), response: undefined }))
    if (data && response) return arrived(body, data.revision, response.headers.get('ETag') ?? `"${data.revision}"`)
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

  async function arrived(body: string, n: number, t: string): Promise<void> {
    sent = body
    tag = t
    revision.value = n
    problem.value = undefined
    if (text() !== sent) return put() // typed on meanwhile
    state.value = 'saved'
    sessionStorage.removeItem(slot)
  }

  async function collide() {
    const latest = await read().catch(() => undefined)
    state.value = 'unsaved'
    if (!latest) return
    tag = latest.tag
    view.value = latest.value
    const other = complete(latest.value.form)
    if (JSON.stringify(sendable(other)) === text()) {
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
    const now = text()
    if (now === sent) return
    sessionStorage.setItem(slot, now)
    if (state.value !== 'retrying') state.value = 'unsaved'
    later()
  }, { deep: true })
  onScopeDispose(() => {
    clearTimeout(timer)
    if (state.value !== 'saved') void save()
  })
  const differences = computed(() => {
    if (!theirs.value) return []
    const mine = form.value as unknown as Record<string, unknown>
    const other = theirs.value as unknown as Record<string, unknown>
    return Object.keys(mine).filter((k) => JSON.stringify(mine[k]) !== JSON.stringify(other[k])).map((k) => ({ field: k, mine: mine[k], theirs: other[k] }))
  })
  const tagNow = () => tag
  return { view, form, state, problem, restored, theirs, differences, revision, load, save, settle, tagNow }
}

import { computed } from 'vue'
import { api, tagged, type Schemas } from '@/api/client'
import { useSaved } from '@/lib/saved'
import { complete, sendable, type Form } from './form'

/** useDraft holds a request's form, which saves itself. */
export function useDraft(id: string) {
  const path = { id }
  const saved = useSaved<Schemas['DraftView'], Form>({
    slot: `request:${id}`,
    read: () => tagged(api.GET('/access-requests/{id}', { params: { path } })),
    write: (body, tag) => api.PUT('/access-requests/{id}', { params: { path, header: { 'If-Match': tag } }, body: body as Schemas['AccessRequest'] }),
    form: (v) => complete(v.form),
    body: sendable,
    editable: (v) => v.editable,
    revision: (v) => v.revision,
  }, complete({}))

  const differences = computed(() => {
    if (!saved.theirs.value) return []
    const mine = saved.form.value as unknown as Record<string, unknown>
    const other = saved.theirs.value as unknown as Record<string, unknown>
    return Object.keys(mine).filter((k) => JSON.stringify(mine[k]) !== JSON.stringify(other[k])).map((k) => ({ field: k, mine: mine[k], theirs: other[k] }))
  })
  return { ...saved, differences }
}

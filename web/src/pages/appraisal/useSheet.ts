import { computed } from 'vue'
import { once } from '@/api/acts'
import { api, must, tagged, type Schemas } from '@/api/client'
import { useSaved } from '@/lib/saved'
import { bodyOf, marksOf, running, type Marks } from './sheet'

type View = Schemas['SheetView']

/** useSheet holds one's own score sheet of a nomination: it saves itself, and is handed in once. */
export function useSheet(id: string) {
  const path = { id }
  const saved = useSaved<View, Marks>({
    slot: `sheet:${id}`,
    read: () => tagged(api.GET('/nominations/{id}/sheet', { params: { path } })),
    write: (body, tag) => api.PUT('/nominations/{id}/sheet', { params: { path, header: { 'If-Match': tag } }, body: body as Schemas['SheetMarks'] }),
    form: (v) => marksOf(v.standard.dimensions, v.sheet.marks),
    body: bodyOf,
    editable: (v) => v.editable,
    revision: (v) => v.sheet.revision,
  }, {})
  const dimensions = computed(() => saved.view.value?.standard.dimensions ?? [])
  const own = computed(() => saved.view.value?.sheet.kind === 'self')
  const total = computed(() => running(dimensions.value, saved.form.value, own.value))

  /** handIn sends the sheet as it was saved, or says that one stays away; under one key until the answer is known. */
  async function handIn(recused?: string): Promise<void> {
    const body: Schemas['SheetSubmission'] = recused === undefined ? {} : { recused: true, why: recused }
    const header = (key: string) => ({ 'Idempotency-Key': key, 'If-Match': saved.tagNow() })
    await once(`sheet:${id}`, body, (key) => must(api.POST('/nominations/{id}/sheet/submission', { params: { path, header: header(key) }, body })))
    sessionStorage.removeItem(`kept:sheet:${id}`)
    await saved.load()
  }
  return { ...saved, dimensions, own, total, handIn }
}

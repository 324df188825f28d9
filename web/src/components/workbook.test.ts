import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it } from 'vitest'
import { Problem } from '@/api/problem'
import { i18n, setLanguage } from '@/i18n'
import WorkbookBar from './WorkbookBar.vue'

const file = new File(['x'], '工作簿.xlsx')

function bar(put: (f: File) => Promise<unknown>, editable = true) {
  setLanguage('zh-CN')
  const steps: string[] = []
  const page = mount(WorkbookBar, { props: { path: '/standards/x/workbook', editable, before: async () => void steps.push('saved'), put: async (f: File) => (steps.push('sent'), put(f)), onDone: () => void steps.push('done') }, global: { plugins: [createPinia(), i18n] } })
  async function pick() {
    const input = page.find<HTMLInputElement>('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
    Object.defineProperty(input.element, 'value', { value: '', writable: true })
    await input.trigger('change')
    await flushPromises()
  }
  return { page, steps, pick }
}

it('saves what was typed before the workbook is sent, and reads anew after', async () => {
  const { page, steps, pick } = bar(async () => ({}))
  await pick()
  expect(steps).toEqual(['saved', 'sent', 'done'])
  expect(page.find('[role=status].good').text()).toBe('已按工作簿保存。')
})

it('shows every wrong row with its column, and reads nothing anew', async () => {
  const refused = new Problem(422, { kind: 'invalid', code: 'rows_refused', detail: '共1处错误，未导入任何一行。', also: [{ kind: 'invalid', code: 'bad_points', zh: '第3行“分值”：分值应在0至100分之间。', en: 'Row 3', figures: { row: 3, column: '分值' } }] })
  const { page, steps, pick } = bar(() => Promise.reject(refused))
  await pick()
  expect(steps).toEqual(['saved', 'sent'])
  expect(page.find('[role=alert]').text()).toBe('共1处错误，未导入任何一行。')
  expect(page.findAll('tbody td').map((c) => c.text())).toEqual(['3', '分值', '第3行“分值”：分值应在0至100分之间。'])
})

it('says why a workbook is refused as a whole', async () => {
  const { page, pick } = bar(() => Promise.reject(new Problem(412, { kind: 'stale', code: 'stale', detail: '工作簿由第1版导出，现为第2版，请重新导出后再填写。' })))
  await pick()
  expect(page.find('[role=alert]').text()).toContain('请重新导出')
  expect(page.find('table').exists()).toBe(false)
})

it('offers no import to whoever may only read', () => {
  expect(bar(async () => ({}), false).page.find('input[type=file]').exists()).toBe(false)
})

import { expect, type Page } from '@playwright/test'
import { call, isoDay } from './people'

/** suffix tells the names of one run from those of another in the same city: a name is admitted once. */
export const suffix = process.env.LIZHENG_E2E_SUFFIX ?? '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[Math.floor(Math.random() * 20)]!

export const communities = ['cz-tianning-diaozhuang-01', 'cz-tianning-hongmei-01', 'cz-zhonglou-yonghong-01']

/** form is a request that stands every check; what a test is about is put over it. */
export function form(name: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name, category: 'SURVEY', purpose: 'new', basis: [{ level: 'city', title: '关于开展社区居民服务需求调查的通知', number: '常人社发〔2026〕15号', article: '第三条' }],
    necessity: '掌握居民就业和社保服务需求，合理配置服务资源。', why_not_own: '需入户核对，部门和街道没有住户联络基础。', work: '社区工作者陪同入户，登记问卷。', part_played: 'assist', communities,
    duration: 'phased', start: isoDay(150), end: isoDay(300), powers: '可查询本社区登记失业人员名册。', ledger_count: 0, sign: false, space_m2: 0, assessed: false, exit_when: '调查报告验收后退出。', legal_review: '经审查，符合规定。',
    funding: { kind: 'zero_cost', statement: '由部门人员自行完成，不增加社区支出。' }, ...over,
  }
}

/** draft makes a draft through the API and returns the case's id. */
export async function draft(page: Page, unit: string, f: Record<string, unknown>): Promise<string> {
  const answer = await call(page, 'POST', '/access-requests', { unit, form: f })
  expect(answer.status(), await answer.text()).toBe(201)
  return ((await answer.json()) as { case: { id: string } }).case.id
}

export async function submitted(page: Page, unit: string, f: Record<string, unknown>): Promise<string> {
  const id = await draft(page, unit, f)
  const answer = await call(page, 'POST', `/access-requests/${id}/submission`, {})
  expect(answer.status(), await answer.text()).toBe(200)
  return id
}

/** taskOf is the open task of a case and step in somebody's inbox. */
export async function taskOf(page: Page, id: string, step: string): Promise<string> {
  const answer = await call(page, 'GET', `/tasks?step=${step}&limit=100`)
  const { items } = (await answer.json()) as { items: { id: string; case: string }[] }
  const found = items.find((x) => x.case === id)
  expect(found, `an open task ${step}`).toBeTruthy()
  return found!.id
}

/** answered decides a task through the API. */
export async function answered(page: Page, id: string, step: string, outcome: string, opinion = '', details?: object): Promise<void> {
  const answer = await call(page, 'POST', `/tasks/${await taskOf(page, id, step)}/decision`, { outcome, ...(opinion ? { opinion } : {}), ...(details ? { details } : {}) })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** decide answers the task of a case from the inbox, as a person does it: open it, read the consequence, say why, do it. */
export async function decide(page: Page, title: string, outcome: string, opinion = '', more?: (page: Page) => Promise<void>): Promise<void> {
  await page.goto('/desk')
  await page.getByRole('table').getByRole('link', { name: title }).first().click()
  await page.locator('.acts').getByRole('button', { name: outcome }).first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('办理后')).toBeVisible()
  if (more) await more(page)
  if (opinion) await dialog.locator('#act-opinion').fill(opinion)
  await dialog.locator('button[type=submit]').click()
  await expect(page.locator('.note.good').first()).toBeVisible()
  await expect(dialog).toHaveCount(0)
}

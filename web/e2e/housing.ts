import { expect, type Browser, type Page } from '@playwright/test'
import { as, call, got } from './people'
import { answered } from './request'

// A housing project is brought to where a story begins through the API, by the people whose answers it takes.
export const officers = { reform: 'wang.yang', planning: 'lin.xiaodong', civil: 'fan.min', developer: 'zhang.cheng', other: 'liu.ye', street: 'dai.xiaoyan', community: 'liu.yang', building: 'yao.yuan', surveyor: 'che.liang' }
const paper = (number: string) => ({ document: { number, date: '2014-09-01' } })
const rooms = [{ name: '社区服务用房', building: '1幢', use: 'community_service', storey: 1, area: '400.00' }, { name: '居民活动室', building: '1幢', use: 'community_service', storey: 2, area: '240.00' }]
const conditions = { area: '640.00', position: '小区主入口东侧', highest_storey: 2, independent: true, delivery: '与首期住宅同步交付', ownership: '区人民政府', transferee: 'cz-tianning-diaozhuang-office' }

/** project is a registration that stands every check: 2,000 homes, which owe 640 m². */
export function project(name: string): Record<string, unknown> {
  return { name, address: '常州市天宁区和平路1号', community: 'cz-tianning-diaozhuang-01', developer: 'cz-developer-jinling', surveyor: 'cz-surveyor-longcheng',
    approval: { number: '常发改发〔2014〕18号', date: '2014-08-01' }, households: 2000, plots: ['DZ-01'], phases: [{ number: 1, name: '一期', volume: '120000.00', households: 1200, rooms: '640.00' }, { number: 2, name: '二期', volume: '80000.00', households: 800, rooms: '0.00' }] }
}

/** The answers from registration to the verification, in their order. */
const way: [step: string, who: keyof typeof officers, outcome: string, housing?: object][] = [
  ['conditions', 'planning', 'issue', { ...paper('常自然资规条〔2014〕7号'), conditions }],
  ['countersign', 'civil', 'agree'],
  ['contract', 'planning', 'concluded', paper('常土合〔2014〕12号')],
  ['drawings', 'developer', 'hand_in', { ...paper('设-2014-03'), rooms }],
  ['design_review', 'civil', 'agree'],
  ['design_review', 'street', 'agree'],
  ['planning_permit', 'planning', 'grant', { ...paper('建字第2014-031号'), area: '640.00' }],
  ['construction_permit', 'building', 'grant', paper('施字第2014-088号')],
  ['inspect', 'building', 'finished', { progress: { homes: 2000, rooms: '640.00' } }],
  ['survey', 'surveyor', 'measured', { ...paper('测-2014-55'), rooms }],
  ['planning_check', 'planning', 'pass', paper('常规核〔2014〕9号')],
  ['file_completion', 'developer', 'file', paper('竣-2014-21')],
  ['acceptance', 'building', 'accept', paper('联验〔2014〕16号')],
]

export interface Office { page: (who: keyof typeof officers) => Promise<Page> }

/** office signs everybody in once. */
export function office(browser: Browser): Office {
  const pages = new Map<string, Promise<Page>>()
  return {
    page: (who) => {
      const login = officers[who]
      if (!pages.has(login)) pages.set(login, as(browser, login))
      return pages.get(login)!
    },
  }
}

/** registered is a project on record, with planning asked for its conditions. */
export async function registered(o: Office, name: string): Promise<string> {
  const reform = await o.page('reform')
  const made = await call(reform, 'POST', '/housing-projects', { unit: 'cz-reform', form: project(name) })
  expect(made.status(), await made.text()).toBe(201)
  const id = ((await made.json()) as { case: { id: string } }).case.id
  const sent = await call(reform, 'POST', `/housing-projects/${id}/submission`, {})
  expect(sent.status(), await sent.text()).toBe(200)
  return id
}

/** brought takes a project on until a step is asked; without one, until civil affairs is to verify it. */
export async function brought(o: Office, name: string, until?: string): Promise<string> {
  const id = await registered(o, name)
  for (const [step, who, outcome, housing] of way) {
    if (step === until) break
    await answered(await o.page(who), id, step, outcome, '', housing ? { housing } : undefined)
  }
  return id
}

/** checklist are answers to everything that the survey does not answer itself; what is named is not met. */
export async function checklist(page: Page, id: string, ...notMet: string[]): Promise<object[]> {
  const view = await got<{ checklist: { code: string; measured: boolean }[] }>(page, `/housing-projects/${id}`)
  return view.checklist.filter((i) => !i.measured).map((i) => ({ code: i.code, met: !notMet.includes(i.code), ...(notMet.includes(i.code) ? { note: '现场未见' } : {}) }))
}

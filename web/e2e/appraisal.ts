import { expect, type Browser, type Page } from '@playwright/test'
import { as, call, got, isoDay } from './people'
import { taskOf } from './request'

// One year of the appraisal, brought by the API to where a story begins.
const desks: Record<string, string> = { 'cz-tianning': 'yuan.ting', 'cz-zhonglou': 'xia.jun', 'cz-xinbei': 'hou.liang', 'cz-wujin': 'shao.yun', 'cz-jintan': 'kong.deming', 'cz-liyang': 'shi.yulan', 'cz-jingkai': 'gong.jie' }
export const panel = ['mao-jianhua', 'meng-jie', 'qiu-shi', 'shi-min'] // of 天宁区, the lead first

interface Line { key: string; most: number; city?: string }
interface Standard { title: string; dimensions: { indicators: Line[] }[]; [field: string]: unknown }
interface Sheet { sheet: { revision: number }; standard: Standard; editable: boolean; others: unknown[] }

/** done sends something and holds it to having been done. */
export async function done<T>(page: Page, method: string, path: string, data: unknown, headers: Record<string, string> = {}): Promise<T> {
  const answer = await call(page, method, path, data, headers)
  expect(answer.ok(), `${method} ${path}: ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** answer decides a task of a case, with what only the appraisal asks for. */
export async function answer(page: Page, id: string, step: string, outcome: string, appraisal?: object): Promise<void> {
  await done(page, 'POST', `/tasks/${await taskOf(page, id, step)}/decision`, { outcome, opinion: '已核。', ...(appraisal ? { details: { appraisal } } : {}) })
}

/** standsIn waits until a case has come to a state by itself. */
export async function standsIn(page: Page, id: string, state: string): Promise<void> {
  await expect.poll(async () => (await got<{ state: string }>(page, `/cases/${id}`)).state, { timeout: 60_000 }).toBe(state)
}

/** windowDays is how long communities may declare: the city's clock may already be ahead of this machine's by what other stories took. */
export const windowDays = 60

/** declaring begins a year and has all districts file their rules; it returns the year's case. */
export async function declaring(browser: Browser, year: number): Promise<string> {
  const office = await as(browser, 'xu.ming')
  const form = { year, standard: 'cz-2026', name: '常州市和谐（平安、文明）社区（村）', project: '样例〔2025〕1号', circular: `常社区办发〔${year}〕1号`, seed_source: '中国福利彩票双色球2027年第1期开奖号码', declare_by: isoDay(windowDays), report_by: isoDay(windowDays + 90) }
  const made = await done<{ case: { id: string } }>(office, 'POST', '/appraisals', { unit: 'cz-leading-office', form })
  await done(office, 'POST', `/appraisals/${year}/submission`, {})
  const id = made.case.id
  const { title, dimensions, proposed, source, eligibility } = await got<Standard>(office, '/standards/cz-2026')
  const served = dimensions.map((d) => ({ ...d, indicators: d.indicators.map((i) => ({ ...i, city: i.key })) }))
  const checker = await as(browser, 'chen.jing')
  for (const [region, login] of Object.entries(desks)) {
    const desk = await as(browser, login)
    const standard = `${region}-${year}`
    await done(desk, 'POST', '/standards', { id: standard, unit: `${region}-leading-office`, parent: 'cz-2026', body: { title: `${title}（${region}细则）`, proposed, source, eligibility, dimensions: served } })
    await answer(desk, id, 'file_rules', 'file', { standard })
    await answer(checker, id, 'check_rules', 'approve')
  }
  await standsIn(office, id, 'declaring')
  return id
}

/** declared is a community that has declared itself, scored itself and been recommended. */
export async function declared(browser: Browser, year: number, community: string, clerk: string, street: string): Promise<string> {
  const page = await as(browser, clerk)
  const form = { year, community, plan: '建好议事厅，办好老年食堂，整治小区停车。', minutes: '2026年11月1日居民会议，到会86人，一致同意申报。' }
  const { case: made } = await done<{ case: { id: string } }>(page, 'POST', '/nominations', { unit: `${community}-committee`, form })
  await done(page, 'POST', `/nominations/${made.id}/submission`, {})
  await standsIn(page, made.id, 'self_scoring')
  await scored(page, made.id, 90)
  await answer(page, made.id, 'self_assess', 'hand_in')
  await answer(await as(browser, street), made.id, 'recommend', 'recommend', { rank: 1 })
  return made.id
}

/** scored fills in somebody's sheet with a share of every indicator, and hands it in. */
export async function scored(page: Page, id: string, percent: number): Promise<void> {
  const path = `/nominations/${id}/sheet`
  const { sheet, standard } = await got<Sheet>(page, path)
  const marks = standard.dimensions.flatMap((d) => d.indicators).map((i) => ({ indicator: i.key, score: Math.floor((i.most * percent) / 100), evidence: '台账第3页' }))
  const saved = await done<{ revision: number }>(page, 'PUT', path, { marks }, { 'If-Match': `"${sheet.revision}"` })
  await done(page, 'POST', `${path}/submission`, {}, { 'If-Match': `"${saved.revision}"` })
}

/** assessed takes a nomination through 天宁区's panel and the departments, to the district's notice. */
export async function assessed(browser: Browser, id: string): Promise<void> {
  for (const key of panel) await scored(await as(browser, key.replace('-', '.')), id, 90)
  await answer(await as(browser, 'mao.jianhua'), id, 'close_panel', 'close', { survey: 9250 })
  for (const login of ['pan.feng', 'an.sheng', 'lian.ming']) await answer(await as(browser, login), id, 'eligibility', 'clear')
}

/** othersOf is how many sheets of others somebody sees. */
export async function othersOf(page: Page, id: string): Promise<number> {
  return (await got<Sheet>(page, `/nominations/${id}/sheet`)).others.length
}

/** composed names the panels of 天宁区 and of 钟楼区, whose assessors score the sample again. */
export async function composed(browser: Browser, id: string): Promise<void> {
  await answer(await as(browser, 'yuan.ting'), id, 'compose_panel', 'compose', { assessors: panel, lead: panel[0] })
  await answer(await as(browser, 'xia.jun'), id, 'compose_panel', 'compose', { assessors: ['chang-liang', 'bao-yi', 'tao-li'], lead: 'chang-liang' })
}

/** reported freezes the scores and has all districts report. */
export async function reported(browser: Browser, id: string): Promise<void> {
  await answer(await as(browser, 'xu.ming'), id, 'freeze', 'freeze')
  for (const login of Object.values(desks)) await answer(await as(browser, login), id, 'report', 'report')
}

/** proposed takes a year from the sample, in which its only nomination is, to its public notice. */
export async function proposed(browser: Browser, id: string, nomination: string): Promise<void> {
  const office = await as(browser, 'xu.ming')
  await answer(office, id, 'draw', 'draw', { seed: '中国福利彩票2027001期' })
  await standsIn(office, nomination, 'rescoring')
  const team = await as(browser, 'chang.liang') // of another district
  await scored(team, nomination, 90)
  await answer(team, nomination, 'rescore', 'hand_in')
  await answer(office, id, 'close_sample', 'close')
  for (const login of ['song.lixin', 'deng.liping', 'xie.dong', 'luo.chunmei', 'gao.xiang']) await answer(await as(browser, login), id, 'vote', 'for')
  await answer(await as(browser, 'liang.zhiyuan'), id, 'approve_list', 'approve')
  await standsIn(office, id, 'publicity')
}

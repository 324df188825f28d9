import { test, type Page } from '@playwright/test'
import { resolve } from 'node:path'
import { composed, declared, declaring, done, standsIn } from './appraisal'
import { brought, office as housingOffice } from './housing'
import { as, desk, open, phone, type Size } from './people'
import { answered, draft, form, submitted } from './request'

// Pictures of the main pages for docs/screens, of admission in both languages: npm run screens. -g takes one of them.
const folder = resolve(import.meta.dirname, '../../docs/screens')
const unit = 'cz-human-resources'
test.setTimeout(300_000)

async function shoot(page: Page, path: string, name: string, before?: (p: Page) => Promise<void>): Promise<void> {
  await open(page, path)
  if (before) await before(page)
  await page.evaluate(() => document.fonts.ready)
  await page.waitForLoadState('load')
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled', caret: 'hide' })
}

test('admission', async ({ browser }) => {
  const clerk = await as(browser, 'wang.fang')
  const { items } = (await (await clerk.request.get(`/api/v1/budget-lines?unit=${unit}&open=true&limit=100`)).json()) as { items: { id: string; year: number }[] }
  const line = items.find((l) => l.year === new Date().getFullYear())!.id
  const funded = (rate: number, households: number) => ({ funding: { kind: 'budget_line', line, driver: 'household', rate_fen: rate, total_fen: rate * households, source: '部门预算', payee: '有关街道（镇）财政所' } })
  const check = (await (await clerk.request.post('/api/v1/access-requests/check', { data: { unit, form: form('居民就业需求入户调查', funded(500, 0)) } })).json()) as { total_fen: number }
  const households = check.total_fen / 500
  const story = await submitted(clerk, unit, form('居民就业需求入户调查', funded(500, households)))
  const draftId = await draft(clerk, unit, form('灵活就业人员参保情况摸底', { ...funded(200, households), pilot: '' }))
  for (const [i, name] of ['退休人员社会化管理服务', '社区就业援助对象走访', '城乡居民养老保险政策宣传'].entries()) await submitted(clerk, unit, form(name, i === 1 ? funded(100, households) : {}))
  const office = await as(browser, 'chen.jing')
  await answered(office, story, 'register', 'pass')
  await answered(office, story, 'examine', 'accept')
  await answered(await as(browser, 'xu.jian'), story, 'prereview', 'recommend', '依据充分，经费落实，建议准入。')
  for (const [who, outcome, opinion] of [['liu.yang', 'support', ''], ['huang.rong', 'support', ''], ['ma.chao', 'support', ''], ['dai.xiaoyan', 'support', ''], ['wan.peng', 'conditional', '入户须提前一日通知。'], ['yu.fangfang', 'support', '']] as const) await answered(await as(browser, who), story, 'consult', outcome, opinion)
  await answered(await as(browser, 'zhu.hong'), story, 'joint', 'agree')
  await answered(await as(browser, 'han.xue'), story, 'joint', 'disagree', '建议与网格走访合并进行。')

  for (const english of [false, true]) {
    const l = english ? 'en' : 'zh'
    const who = (login: string, size: Size = desk) => as(browser, login, { english, size })
    const public_ = await who('')
    await shoot(public_, '/sign-in', `sign-in-${l}`)
    await shoot(public_, '/public/lists?list=negative', `lists-${l}`)
    const dept = await who('wang.fang')
    await shoot(dept, '/desk?tab=mine', `mine-${l}`)
    await shoot(dept, `/requests/${draftId}?step=money`, `request-${l}`)
    await shoot(dept, `/money/${line}`, `money-${l}`)
    const clerk2 = await who('xu.ming')
    await shoot(clerk2, '/desk', `desk-${l}`)
    await shoot(clerk2, '/tracking', `tracking-${l}`, (p) => p.locator('canvas').first().waitFor())
    await shoot(clerk2, `/cases/${story}`, `case-${l}`)
    await shoot(await who('cao.yang'), `/cases/${story}`, `decision-${l}`, async (p) => {
      await p.locator('.acts .el-button').nth(1).click()
      await p.getByRole('dialog').waitFor()
    })
    await shoot(await who('kang.ning'), '/admin/parameters', `parameters-${l}`)
    await shoot(await who('an.quanming'), '/admin/grants', `grants-${l}`)
    await shoot(await who('shen.ji'), '/admin/audit', `audit-${l}`)
    await shoot(await who('xu.ming', phone), '/desk', `desk-phone-${l}`)
    const paper = await who('xu.ming', { width: 794, height: 1123 }) // A4 at 96 dots an inch
    await open(paper, `/cases/${story}`)
    await paper.emulateMedia({ media: 'print' })
    await paper.screenshot({ path: `${folder}/form-${l}.png`, animations: 'disabled' })
    for (const c of browser.contexts()) await c.close()
  }
})

const tablet: Size = { width: 1024, height: 768 }

test('appraisal', async ({ browser }) => {
  const year = new Date().getFullYear()
  const yearCase = await declaring(browser, year)
  const nomination = await declared(browser, year, 'cz-tianning-diaozhuang-01', 'liu.yang', 'dai.xiaoyan')
  await composed(browser, yearCase)
  const office = await as(browser, 'xu.ming')
  await standsIn(office, nomination, 'panel')
  await shoot(office, `/appraisals/${year}`, 'appraisal-zh', (p) => p.locator('canvas').first().waitFor())
  await shoot(await as(browser, 'yuan.ting'), `/standards/cz-tianning-${year}`, 'standard-zh')
  await shoot(await as(browser, 'meng.jie', { size: tablet }), `/nominations/${nomination}/sheet`, 'score-sheet-zh')
  await shoot(await as(browser, 'meng.jie', { size: phone, english: true }), `/nominations/${nomination}/sheet`, 'score-sheet-phone-en')
  await shoot(await as(browser), `/public/appraisals/${year}`, 'public-year-zh')
})

test('assessment', async ({ browser }) => {
  const year = new Date().getFullYear()
  const office = await as(browser, 'xu.ming')
  await done(office, 'POST', '/assessments', { year })
  await done(office, 'POST', `/assessments/${year}/submission`, {})
  await shoot(office, `/assessments/${year}`, 'assessment-zh')
  await shoot(office, `/assessments/${year}/table`, 'task-table-zh', (p) => p.locator('.el-select').getByText('中共常州市委社会工作部').first().waitFor())
})

test('rooms', async ({ browser }) => {
  const o = housingOffice(browser)
  const id = await brought(o, '和平雅苑')
  const civil = await o.page('civil')
  await shoot(civil, '/housing/projects', 'housing-board-zh')
  await shoot(civil, `/housing/projects/${id}`, 'housing-project-zh')
  await shoot(await as(browser, 'zhang.cheng', { size: phone }), '/housing/mine', 'housing-phone-zh')
  const register = await as(browser, 'zhuo.qun')
  await shoot(register, '/stock', 'stock-zh')
  await shoot(register, '/stock/shortage', 'shortage-zh', (p) => p.getByRole('img').first().waitFor())
  await shoot(register, '/stock/import', 'stock-import-zh')
  await shoot(await as(browser, 'zhuo.qun', { english: true }), '/stock/shortage', 'shortage-en', (p) => p.getByRole('img').first().waitFor())
})

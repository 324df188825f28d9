import { expect, test } from '@playwright/test'
import { answer, assessed, composed, declared, declaring, proposed, reported, standsIn, windowDays } from './appraisal'
import { as, inBoth, later, open } from './people'

// A whole year of the appraisal, to its titles. It moves the city's clock by months, so it is the last of the stories and has a year of its own.
const year = new Date().getFullYear() + 1
const community = 'cz-tianning-diaozhuang-01'
let yearCase = ''
let nomination = ''

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  yearCase = await declaring(browser, year)
  nomination = await declared(browser, year, community, 'liu.yang', 'dai.xiaoyan')
  await composed(browser, yearCase)
  await standsIn(await as(browser, 'xu.ming'), nomination, 'panel')
  await assessed(browser, nomination)
  later(`${(windowDays + 3) * 24}h`) // the district's notice ends, and the window for declarations closes
  const office = await as(browser, 'xu.ming')
  await standsIn(office, nomination, 'qualified')
  await standsIn(office, yearCase, 'assessing')
  await reported(browser, yearCase)
  await standsIn(office, yearCase, 'sampling')
  await proposed(browser, yearCase, nomination)
  for (const c of browser.contexts()) await c.close()
})
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

test('the ranking and what other weights would make of it are clean in both languages', async ({ browser }) => {
  const office = await as(browser, 'xu.ming')
  await open(office, `/appraisals/${year}/ranking`)
  await expect(office.locator('main')).toContainText('朝阳花园')
  await inBoth(office, 'the ranking')
  await open(office, `/appraisals/${year}/what-if`)
  await inBoth(office, 'other weights')
  await office.locator('.trialcard .el-select').click()
  await office.getByRole('option', { name: '天宁区' }).click()
  const weight = office.locator('input[type=range]').first()
  await weight.focus()
  await office.keyboard.press('ArrowLeft')
  await office.getByRole('button', { name: '试算' }).click()
  await expect(office.locator('section[aria-live=polite]')).toContainText('朝阳花园')
  await inBoth(office, 'what other weights would change')
})

test('a list on public notice is objected to by somebody from the public, and is not named before that is settled', async ({ browser }) => {
  test.setTimeout(180_000)
  const visitor = await as(browser)
  await open(visitor, `/public/appraisals/${year}`)
  await expect(visitor.locator('main')).toContainText('拟命名 1 个')
  await inBoth(visitor, 'the public year')
  await visitor.getByRole('button', { name: '提出异议' }).click()
  await visitor.getByLabel('异议内容').fill('议事厅长期不开放，与申报材料不符。')
  await visitor.getByRole('dialog').getByRole('button', { name: '提交' }).click()
  await expect(visitor.getByText('已收到您的异议')).toBeVisible()
  later('720h') // the notice is over
  const clerk = await as(browser, 'chen.jing')
  await standsIn(clerk, yearCase, 'objected')
  const naming = await as(browser, 'wen.hua')
  const asked = naming.getByRole('table').getByRole('link', { name: `${year}年度创建考评` })
  await open(naming, '/desk')
  await expect(asked, 'nobody is asked to name').toHaveCount(0)
  await open(clerk, `/cases/${yearCase}`)
  await clerk.locator('.acts').getByRole('button', { name: '异议不成立' }).click()
  await clerk.getByRole('dialog').locator('#act-opinion').fill('经实地核实，议事厅每周开放五天。')
  await clerk.getByRole('dialog').locator('button[type=submit]').click()
  await standsIn(clerk, yearCase, 'naming')
  await open(naming, '/desk')
  await expect(asked.first()).toBeVisible()
  await answer(naming, yearCase, 'name_list', 'name')
  await standsIn(clerk, nomination, 'named')
  await open(visitor, `/public/appraisals/${year}/titles`)
  await expect(visitor.getByRole('row', { name: /朝阳花园/ })).toBeVisible()
  await inBoth(visitor, 'certificates')
  await visitor.emulateMedia({ media: 'print' })
  await expect(visitor.locator('.certificate').first()).toContainText('荣誉证书')
})

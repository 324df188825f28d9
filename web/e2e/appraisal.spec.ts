import { expect, test } from '@playwright/test'
import { composed, declared, declaring, othersOf, scored, standsIn } from './appraisal'
import { as, call, clean, inBoth, open, type Size } from './people'

// The yearly appraisal as people do it: a district's panel with somebody who stays away.
const year = new Date().getFullYear()
const community = 'cz-tianning-diaozhuang-01'
const upright: Size = { width: 768, height: 1024 }
const across: Size = { width: 1024, height: 768 }
let yearCase = ''
let nomination = ''

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  yearCase = await declaring(browser, year)
  nomination = await declared(browser, year, community, 'liu.yang', 'dai.xiaoyan')
  await composed(browser, yearCase)
  await standsIn(await as(browser, 'xu.ming'), nomination, 'panel')
  for (const c of browser.contexts()) await c.close()
})
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

test('an assessor scores on a tablet: it saves itself, also after the line was lost, and nobody else sees it', async ({ browser }) => {
  const page = await as(browser, 'meng.jie', { size: upright })
  await open(page, `/appraisals/${year}/nominations?state=panel`)
  await inBoth(page, 'nominations')
  await page.getByRole('row', { name: /朝阳花园/ }).getByRole('link', { name: '评分表' }).click()
  await expect(page.locator('.indicator').first()).toBeVisible()
  await inBoth(page, 'the score sheet, upright')
  await page.setViewportSize(across)
  await clean(page, 'the score sheet, across')
  await expect(page.locator('.self').first()).toContainText('台账第3页')
  await expect(page.getByRole('button', { name: '提交评分表' })).toBeDisabled()
  const cards = page.locator('.indicator')
  const count = await cards.count()
  const first = cards.first().locator('button.big').first()
  await first.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`已评 1/${count} 项`)).toBeVisible()
  await expect(page.locator('.save')).toContainText('已自动保存')
  await page.context().setOffline(true)
  for (let i = 1; i < count - 1; i++) {
    const full = cards.nth(i).getByRole('button', { name: '满分' })
    await ((await full.count()) ? full : cards.nth(i).locator('button.big').first()).click()
  }
  await cards.nth(count - 1).getByRole('button', { name: '不适用' }).click()
  await expect(page.locator('.save')).toContainText('没有连上服务器')
  await page.context().setOffline(false)
  await expect(page.locator('.save')).toContainText('已自动保存', { timeout: 20_000 })
  const other = await as(browser, 'qiu.shi')
  expect(await othersOf(other, nomination), 'before anybody has handed in').toBe(0)
  await page.getByRole('button', { name: '提交评分表' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('提交后不能再修改')
  await clean(page, 'what handing in means')
  await dialog.getByRole('button', { name: '提交评分表' }).click()
  await expect(page.getByText('评分表已提交。')).toBeVisible()
  expect(await othersOf(other, nomination), 'who has not handed in sees nobody’s sheet').toBe(0)
})

test('one stays away, saying why; the lead closes the panel when all have handed in', async ({ browser }) => {
  const away = await as(browser, 'shi.min')
  await open(away, `/nominations/${nomination}/sheet`)
  await away.getByRole('button', { name: '申请回避' }).click()
  await away.getByLabel('理由').fill('亲属在该社区居民委员会任职。')
  await away.getByRole('dialog').getByRole('button', { name: '申请回避' }).click()
  await expect(away.getByText('已记录回避。')).toBeVisible()
  await scored(await as(browser, 'qiu.shi'), nomination, 85)
  const lead = await as(browser, 'mao.jianhua')
  const early = await call(lead, 'GET', `/nominations/${nomination}/sheet`)
  expect(((await early.json()) as { others: unknown[] }).others, 'the lead, too, scores first').toEqual([])
  await scored(lead, nomination, 88)
  await open(lead, `/nominations/${nomination}/sheets`)
  await expect(lead.locator('main')).toContainText('回避，不计入得分和人数')
  await expect(lead.getByRole('columnheader', { name: '孟洁' })).toBeVisible()
  await inBoth(lead, 'assessors side by side')
  await open(lead, '/desk')
  await lead.getByRole('table').getByRole('link', { name: /朝阳花园/ }).first().click()
  await lead.locator('.acts').getByRole('button', { name: '汇总评分' }).click()
  const dialog = lead.getByRole('dialog')
  await expect(dialog.locator('button[type=submit]')).toBeDisabled()
  await dialog.locator('#a-survey').fill('92.5')
  await clean(lead, 'closing of the panel')
  await dialog.locator('button[type=submit]').click()
  await expect(lead.locator('.note.good').first()).toBeVisible()
  await expect(lead.locator('.state-tag').first()).toHaveText('资格审核中')
})

test('every other page of the appraisal is clean in both languages', async ({ browser }) => {
  const office = await as(browser, 'xu.ming')
  for (const path of ['/appraisals', `/appraisals/${year}`, '/standards', '/standards/cz-2026', `/standards/cz-tianning-${year}`, `/cases/${nomination}`, '/public/appraisals']) {
    await open(office, path)
    await inBoth(office, path)
  }
  const clerk = await as(browser, 'liu.yang')
  await open(clerk, '/nominations/new')
  await inBoth(clerk, 'a new declaration')
})

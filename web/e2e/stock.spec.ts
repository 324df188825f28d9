import { expect, test, type Page } from '@playwright/test'
import { as, clean, desk, open, phone, settled } from './people'
import { suffix } from './request'
import { filled } from './workbook'

// The register of rooms: read, changed, patrolled, brought in from a workbook, and held against what communities owe.
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

const finish = async (page: Page) => {
  await page.getByRole('dialog').locator('button[type=submit]').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('已登记。')).toBeVisible()
  await settled(page)
}

test('the pages of the register are clean in both languages and sizes', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await as(browser, 'zhuo.qun')
  const { items } = (await (await page.request.get('/api/v1/stock-rooms?limit=1')).json()) as { items: { id: string }[] }
  const failures: string[] = []
  for (const path of ['/stock', `/stock/rooms/${items[0]!.id}`, '/stock/shortage', '/stock/shortage?by=street', '/stock/import']) {
    await page.setViewportSize(desk)
    await open(page, path)
    for (const size of [desk, phone]) {
      await page.setViewportSize(size)
      for (const _ of ['zh', 'en']) { // the button goes back and forth
        await clean(page, `${path} (${await page.getAttribute('html', 'lang')}, ${size.width})`).catch((e: Error) => failures.push(e.message))
        await page.locator('button.lang').click()
        await settled(page)
      }
    }
  }
  expect(failures).toEqual([])
})

test('civil affairs changes a room, sees it this year, and the version before stays', async ({ browser }) => {
  const page = await as(browser, 'zhuo.qun')
  await open(page, '/stock?state=in_use')
  await page.getByRole('table').getByRole('link').first().click()
  await settled(page)
  await page.getByRole('button', { name: '变更用房' }).click()
  await expect(page.getByRole('dialog')).toContainText('原记录保留在案')
  await page.getByRole('dialog').getByRole('radio', { name: '空置' }).check()
  await page.locator('#r-reason').fill('搬迁后暂未使用')
  await clean(page, 'the change of a room')
  await finish(page)
  await expect(page.getByRole('region', { name: '历次变更' })).toContainText('搬迁后暂未使用')
  await page.getByRole('button', { name: '登记年度巡查' }).click()
  await page.getByRole('dialog').getByRole('radio', { name: '在用' }).check()
  await page.locator('#r-note').fill('现场已恢复使用')
  await finish(page)
  await expect(page.getByRole('region', { name: '巡查记录' })).toContainText('民政年度巡查')
  await expect(page.locator('dl.facts').first()).toContainText('在用')
})

test('a workbook that is none is refused in words, and the template can be taken', async ({ browser }) => {
  const page = await as(browser, 'zhuo.qun')
  await open(page, '/stock/import')
  const coming = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载模板' }).click()
  const template = await (await coming).path()
  const input = page.locator('input[type=file]')
  await input.setInputFiles(template)
  await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  await input.setInputFiles({ name: '台账.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from('no workbook') })
  await page.getByRole('button', { name: '预检' }).click()
  await expect(page.locator('main [role=alert]')).toContainText(/[\u4e00-\u9fff]/)
  await expect(page.locator('main [role=alert]')).not.toContainText(/[a-z]+_[a-z]+/)
})

test('a workbook with a wrong row brings nothing in, and the corrected one brings in all of it', async ({ browser }) => {
  const page = await as(browser, 'zhuo.qun')
  await open(page, '/stock/import')
  const template = await (await page.request.get('/api/v1/stock-imports/template')).body()
  const room = (name: string, area: string) => ['cz-wujin-jiaze-01', name, '', area, '1', '图书阅览；办公', '居（村）民活动站', '', '在用', '', '未办证', '', '既有', '2020-01-01']
  const [good, bad] = [`图书室${suffix}`, `活动室${suffix}`]
  const choose = (...rows: string[][]) => page.locator('input[type=file]').setInputFiles({ name: '用房.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: filled(template, rows) })
  await choose(room(good, '86.5'), room(bad, '很大'))
  await page.getByRole('button', { name: '预检' }).click()
  const wrong = page.getByRole('region', { name: '问题' }).getByRole('row').nth(1)
  await expect(wrong).toContainText('建筑面积（平方米）')
  await expect(wrong.getByRole('cell').first()).toHaveText('3')
  await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  await clean(page, 'a workbook with a wrong row')

  await choose(room(good, '86.5'), room(bad, '120.25'))
  await expect(page.getByRole('region', { name: '问题' })).toHaveCount(0)
  await page.getByRole('button', { name: '预检' }).click()
  await expect(page.getByText('全部 2 行可以导入。')).toBeVisible()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByText('已导入 2 间用房。')).toBeVisible()
  await open(page, `/stock?text=${encodeURIComponent(suffix)}`)
  for (const name of [good, bad]) await expect(page.getByRole('table').getByRole('link', { name })).toBeVisible()
})

test('a street begins to make up a shortage: the draft saves itself and says what is missing', async ({ browser }) => {
  const page = await as(browser, 'dai.xiaoyan')
  await open(page, '/stock/shortage')
  await expect(page.getByRole('img', { name: '各区缺口示意图' })).toBeVisible()
  await page.getByRole('button', { name: '提出补足方案' }).click()
  await page.locator('#n-region').fill('朝阳花园')
  await page.getByRole('option', { name: /朝阳花园社区/ }).first().click()
  await page.getByRole('radio', { name: '租赁' }).check()
  await page.getByRole('button', { name: '建立草稿' }).click()
  await settled(page)
  await expect(page.getByText('还需填写')).toBeVisible()
  await page.locator('#u-area').fill('120')
  await page.locator('#u-why').fill('老小区缺少活动用房。')
  await expect(page.locator('.save')).toContainText('已自动保存')
  await clean(page, 'a proposal to make up the stock')
  await page.reload()
  await settled(page)
  await expect(page.locator('#u-area')).toHaveValue('120')
})

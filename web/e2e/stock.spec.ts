import { expect, test } from '@playwright/test'
import { as, clean, desk, open, phone, settled } from './people'

// The register of rooms: read, brought in from a workbook, and held against what communities owe.
test.afterEach(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})

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

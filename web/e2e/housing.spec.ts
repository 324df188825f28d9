import { expect, test, type Page } from '@playwright/test'
import { brought, office, type Office } from './housing'
import { as, clean, desk, open, phone, settled } from './people'
import { suffix } from './request'

// Civil affairs' verification and the developer's answer, as the people see them.
const name = `和平雅苑${suffix}`
let o: Office
let id = ''
test.beforeAll(async ({ browser }) => {
  o = office(browser)
  id = await brought(o, name)
})
test.afterAll(async ({ browser }) => {
  for (const c of browser.contexts()) await c.close()
})
const item = (page: Page, name: string) => page.getByRole('dialog').getByRole('group', { name: new RegExp(name) })
const finish = async (page: Page) => {
  await page.getByRole('dialog').locator('button[type=submit]').click()
  await expect(page.locator('.acts .note.good')).toBeVisible()
  await settled(page)
}
/** seen answers the checklist as an officer does on the spot, item by item. */
async function seen(page: Page, notMet = ''): Promise<void> {
  for (const group of await page.getByRole('dialog').locator('.checklist fieldset').all()) {
    if ((await group.getByRole('radio').count()) === 0) continue // the survey has answered it
    const not = notMet !== '' && ((await group.textContent()) ?? '').includes(notMet)
    await group.getByRole('radio', { name: not ? '未达到' : '达到', exact: true }).check()
  }
}

test('a better outcome than was seen is refused in words, and what was filled in stays', async () => {
  const civil = await o.page('civil')
  await open(civil, `/housing/projects/${id}`)
  await civil.locator('.acts').getByRole('button', { name: '合格', exact: true }).click()
  await seen(civil, '独立')
  await civil.getByRole('dialog').locator('button[type=submit]').click()
  const refusal = civil.getByRole('dialog').getByRole('alert')
  await expect(refusal).toContainText('不得定为更好的结果')
  await expect(refusal).not.toContainText(/[a-z]+_[a-z]+/)
  await civil.reload()
  await settled(civil)
  await civil.locator('.acts').getByRole('button', { name: '合格', exact: true }).click()
  await expect(item(civil, '独立').getByRole('radio', { name: '未达到' })).toBeChecked()
  await item(civil, '独立').getByRole('radio', { name: '达到', exact: true }).check()
  await civil.getByRole('dialog').getByRole('button', { name: '取消' }).click()
})

test('a verification fails, the developer answers the order, and the second one passes', async () => {
  test.setTimeout(120_000)
  const civil = await o.page('civil')
  await open(civil, `/housing/projects?text=${encodeURIComponent(name)}`)
  const column = civil.getByRole('region', { name: '民政核查' })
  await column.getByRole('link', { name }).click()
  await settled(civil)
  await expect(civil.getByRole('row', { name: /应配面积/ })).toContainText('640.00')

  await civil.locator('.acts').getByRole('button', { name: '不合格，责令整改' }).click()
  const dialog = civil.getByRole('dialog')
  await expect(dialog.getByText('办理后')).toBeVisible()
  await expect(dialog.getByText('项未填写')).toBeVisible()
  await seen(civil, '独立')
  await expect(dialog.getByText('计算结果为“不合格”')).toBeVisible()
  await item(civil, '独立').getByRole('textbox').fill('须穿过物业大厅')
  await dialog.getByLabel('问题 1').fill('未设独立出入口')
  await dialog.locator('#act-opinion').fill('独立出入口未设置，责令整改。')
  await finish(civil)
  const order = civil.locator('article').filter({ hasText: '第 1 轮' })
  await expect(order).toContainText('整改中')
  await expect(order).toContainText('未设独立出入口')

  const developer = await as(civil.context().browser()!, 'zhang.cheng', { size: phone })
  await open(developer, '/')
  const card = developer.locator('article').filter({ hasText: name })
  await expect(card).toContainText('请您办理')
  await card.getByRole('button', { name: /去办理/ }).click()
  await settled(developer)
  await developer.locator('.acts').getByRole('button', { name: '整改完成，申请复核' }).click()
  await developer.getByRole('dialog').locator('input[type=file]').setInputFiles({ name: '整改后.png', mimeType: 'image/png', buffer: picture })
  await expect(developer.getByRole('dialog').getByText('已选 1 个')).toBeVisible()
  await developer.getByRole('dialog').locator('#act-opinion').fill('已增设独立出入口。')
  await finish(developer)
  await expect(developer.locator('article').filter({ hasText: '第 1 轮' }).getByRole('img', { name: /整改后/ })).toBeVisible()

  await open(civil, `/housing/projects/${id}`)
  await civil.locator('.acts').getByRole('button', { name: '合格', exact: true }).click()
  await seen(civil)
  await expect(civil.getByRole('dialog').getByText('计算结果为“合格”')).toBeVisible()
  await finish(civil)
  await expect(civil.locator('header.head')).toContainText('移交中')
  await expect(civil.getByRole('row', { name: /民政核查/ })).toContainText('合格')
  await expect(civil.locator('article').filter({ hasText: '第 1 轮' })).toContainText('已答复')
})

test('a developer sees their own projects and nobody else’s', async () => {
  const other = await o.page('other')
  await open(other, '/housing/mine')
  await expect(other.getByText(name)).toHaveCount(0)
  await other.goto(`/housing/projects/${id}`)
  await expect(other.locator('main [role=alert]')).toBeVisible()
  const paper = await o.page('civil')
  await open(paper, `/housing/projects/${id}`)
  await paper.evaluate(() => (window.print = () => undefined))
  await paper.getByRole('button', { name: '打印整改通知书' }).click()
  await paper.emulateMedia({ media: 'print' })
  await expect(paper.locator('.paper')).toContainText('责令整改通知书')
  await expect(paper.locator('.paper')).toContainText('未设独立出入口')
  await expect(paper.locator('.card').first()).toBeHidden()
  await paper.emulateMedia({ media: null })
})

test('the pages of projects are clean in both languages and sizes, and work by keyboard', async ({ browser }) => {
  test.setTimeout(150_000)
  const failures: string[] = []
  const look = async (login: string, paths: string[]) => {
    const page = await as(browser, login)
    for (const path of paths) {
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
    await page.context().close()
  }
  await look('fan.min', ['/housing/projects', '/housing/projects?view=list', `/housing/projects/${id}`, `/cases/${id}`])
  await look('zhang.cheng', ['/housing/mine', `/housing/plan-changes/new?project=${id}`])
  expect(failures).toEqual([])

  const page = await o.page('developer')
  await open(page, `/housing/projects/${id}`)
  await page.locator('.acts').getByRole('button', { name: '提交移交清单并签字' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(page.getByRole('dialog').getByLabel('竣工图')).toBeVisible()
  await clean(page, 'the inventory of a handover')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a project is registered: the draft saves itself and says what is missing', async () => {
  const reform = await o.page('reform')
  await open(reform, '/housing/projects')
  await reform.getByRole('button', { name: '登记新项目' }).click()
  await reform.locator('#n-name').fill(`和平雅苑登记${suffix}`)
  await reform.getByRole('button', { name: '建立草稿' }).click()
  await expect(reform.locator('#p-name')).toHaveValue(`和平雅苑登记${suffix}`)
  await expect(reform.getByText('还需填写')).toBeVisible()
  await expect(reform.getByRole('button', { name: '登记项目' })).toBeDisabled()
  await clean(reform, 'the registration of a project')
  await reform.locator('#p-address').fill('和平路1号')
  for (const [field, text] of [['community', '朝阳花园'], ['developer', '晋陵'], ['surveyor', '龙城测绘']] as const) {
    await reform.locator(`#p-${field}`).fill(text)
    await reform.getByRole('option', { name: new RegExp(text) }).first().click()
  }
  await reform.locator('#p-approval').fill('常发改发〔2014〕18号')
  await reform.getByRole('group', { name: /立项文件/ }).getByLabel('日期').fill('2014-08-01')
  await reform.keyboard.press('Enter')
  await reform.locator('#p-households').fill('2000')
  await expect(reform.getByText('内容完整，可以登记。')).toBeVisible()
  await reform.getByRole('button', { name: '登记项目' }).click()
  await expect(reform.getByRole('dialog')).toContainText('YF')
})

/** picture is the smallest PNG there is. */
const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

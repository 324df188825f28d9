import { expect, test, type Page } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { as, call, clean, isoDay, later, open, settled } from './people'
import { decide, suffix } from './request'

// The whole life of one request, done by people in their browsers.
const title = `居民家庭服务需求入户调查${suffix}`
let clerk: Page
let office: Page
let caseAddress = ''

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  clerk = await as(browser, 'wang.fang')
  office = await as(browser, 'chen.jing')
})

test('a name on the negative list is blocked while it is typed, naming the line', async () => {
  await open(clerk, '/requests/new')
  await clerk.getByLabel('事项名称').fill('居民健康教育 领导小组')
  await expect(clerk.getByRole('alert').filter({ hasText: '负面清单' })).toBeVisible()
  await clean(clerk, 'a new request')
})

test('a request is written in steps, saved by itself, and stands every check', async () => {
  await clerk.getByLabel('事项名称').fill(title)
  await expect(clerk.getByRole('alert')).toHaveCount(0)
  await clerk.getByRole('button', { name: '开始填写' }).click()
  await clerk.waitForURL(/\/requests\/[0-9a-f-]{36}/)
  await settled(clerk)
  await clerk.getByText('调查统计').click()
  await clerk.getByText('阶段性').click()
  await clerk.locator('#f-start').fill(isoDay(150))
  await clerk.locator('#f-start').press('Enter')
  await clerk.locator('#f-end').fill(isoDay(300))
  await clerk.locator('#f-end').press('Enter')
  await clean(clerk, 'the form, step 1')
  await clerk.getByRole('button', { name: '下一步' }).click()
  await clerk.getByRole('button', { name: '添加依据' }).click()
  await clerk.getByLabel('文件名称').fill('关于开展社区居民服务需求调查的通知')
  await clerk.getByLabel('文号').fill('常人社发〔2026〕15号')
  await clerk.locator('#f-necessity').fill('掌握居民就业和社保服务需求。')
  await clerk.locator('#f-why_not_own').fill('需入户核对，部门和街道没有住户联络基础。')
  await clerk.locator('#f-legal_review').fill('经审查，符合规定。')
  await clerk.locator('input[type=file]').setInputFiles({ name: '问卷样表.txt', mimeType: 'text/plain', buffer: Buffer.from('一、您家有几口人？\n') })
  await expect(clerk.getByRole('link', { name: '问卷样表.txt' })).toBeVisible()
  await clean(clerk, 'the form, step 2')
  await clerk.getByRole('button', { name: '下一步' }).click()
  await clerk.locator('#f-work').fill('社区工作者陪同入户，登记问卷。')
  await clerk.getByText('协助', { exact: true }).click()
  await clerk.locator('#f-powers').fill('可查询本社区登记失业人员名册。')
  await clerk.locator('#f-exit_when').fill('调查报告验收后退出。')
  await clean(clerk, 'the form, step 3')
  await clerk.getByRole('button', { name: '下一步' }).click()
  await places()
  await clerk.getByText('从预算项目列支').click()
  await clerk.locator('.el-select', { has: clerk.locator('#f-line') }).click()
  await clerk.getByRole('option', { name: new RegExp(`^${new Date().getFullYear()} `) }).first().click()
  await clerk.getByText('按常住户数').click()
  await clerk.locator('#f-rate').fill('5')
  await expect(clerk.locator('.total')).not.toContainText('0.00')
  await clean(clerk, 'the form, step 4')
  await clerk.getByRole('button', { name: '下一步' }).click()
  await expect(clerk.getByText('目前没有发现问题，可以提交。').first()).toBeVisible()
  await expect(clerk.locator('.save')).toContainText('已自动保存')
  await clean(clerk, 'the form, step 5')
})

async function places(): Promise<void> {
  await clerk.getByRole('button', { name: '展开 天宁区' }).click()
  for (const [i, street] of ['雕庄街道', '红梅街道'].entries()) {
    await clerk.getByRole('button', { name: `展开 ${street}` }).click()
    await clerk.locator('li', { has: clerk.getByRole('button', { name: `收起 ${street}` }) }).last().locator('.leaves').getByRole('checkbox').first().check()
    await expect(clerk.locator('.tree [role=status]')).toContainText(`已选 ${i + 1} 个社区`)
  }
}

test('the receipt says the number, who is next and until when', async () => {
  await clerk.getByRole('button', { name: '提交申请' }).click()
  const dialog = clerk.getByRole('dialog', { name: '申请已提交' })
  await expect(dialog).toContainText(/ZR-\d{4}-\d+/)
  await expect(dialog).toContainText('领导小组办公室经办人')
  await dialog.getByRole('button', { name: '查看办理进度' }).click()
  await settled(clerk)
  caseAddress = new URL(clerk.url()).pathname
  await expect(clerk.locator('.state-tag').first()).toHaveText('已提交，待登记')
})

test('the office registers it and returns it once, with everything that is missing', async () => {
  await decide(office, title, '登记')
  await decide(office, title, '退回补正', '材料不全，请一次补齐。', async (p) => {
    await p.getByLabel('第 1 条').fill('缺少试点情况说明')
  })
  await expect(office.locator('.state-tag').first()).toHaveText('退回补正')
})

test('the department corrects it; what changed stands beside what was', async () => {
  await open(clerk, '/desk')
  await clerk.getByRole('table').getByRole('link', { name: title }).click()
  await clerk.getByRole('button', { name: '修改申请表' }).click()
  await settled(clerk)
  await clerk.getByRole('button', { name: '内容与保障' }).click()
  await clerk.locator('#f-pilot').fill('已在雕庄街道试点，群众反映良好。')
  await clerk.getByRole('button', { name: '核对提交' }).click()
  await clerk.getByRole('button', { name: '提交补正' }).click()
  await clerk.getByRole('dialog').getByRole('button', { name: '查看办理进度' }).click()
  await settled(clerk)
  await clerk.getByText('修订记录').click()
  await expect(clerk.locator('ins').filter({ hasText: '已在雕庄街道试点' })).toBeVisible()
})

test('accepted, pre-reviewed and consulted', async ({ browser }) => {
  await decide(office, title, '受理')
  await decide(await as(browser, 'xu.jian'), title, '建议准入')
  for (const login of ['liu.yang', 'huang.rong', 'dai.xiaoyan', 'wan.peng']) {
    await decide(await as(browser, login), title, login === 'wan.peng' ? '有条件支持' : '支持', login === 'wan.peng' ? '入户须提前通知。' : '')
  }
})

test('joint review: a dissent is recorded and keeps nobody from signing', async ({ browser }) => {
  const opinions: Record<string, [string, string]> = { 'zhu.hong': ['同意', ''], 'han.xue': ['不同意', '建议与网格走访合并进行。'], 'cao.yang': ['修改后同意', '入户须出示证件。'], 'pan.feng': ['同意', ''], 'qian.wei': ['同意', ''] }
  for (const [login, [outcome, opinion]] of Object.entries(opinions)) {
    const p = await as(browser, login)
    await p.goto('/desk')
    await p.getByRole('table').getByRole('link', { name: title }).first().click()
    await p.locator('.acts').getByRole('button', { name: outcome, exact: true }).first().click()
    if (opinion) await p.getByRole('dialog').locator('#act-opinion').fill(opinion)
    await p.getByRole('dialog').locator('button[type=submit]').click()
    await expect(p.locator('.note.good').first()).toBeVisible()
  }
  await open(clerk, caseAddress)
  await expect(clerk.locator('.time')).toContainText('建议与网格走访合并进行。')
  await expect(clerk.locator('.state-tag').first()).toHaveText('审议中')
})

test('the chair decides; the notice begins, and somebody from the public objects', async ({ browser }) => {
  await decide(await as(browser, 'liang.zhiyuan'), title, '准入')
  const visitor = await as(browser)
  await open(visitor, '/public/notices')
  await clean(visitor, 'public notices')
  await visitor.locator('article', { hasText: title }).getByRole('button', { name: '提出异议' }).click()
  await visitor.getByLabel('异议内容').fill('担心重复入户。')
  await clean(visitor, 'the objection form')
  await visitor.getByRole('button', { name: '提交' }).click()
  await expect(visitor.getByText('已收到您的异议')).toBeVisible()
  await decide(await as(browser, 'xu.ming'), title, '异议不成立', '已要求与其他调查合并入户。')
})

test('after the notice it is numbered and in force, and the public reads its money and term', async ({ browser }) => {
  later('360h')
  await expect(async () => {
    await open(office, caseAddress)
    await expect(office.locator('.state-tag').first()).toHaveText('待发文入库', { timeout: 1000 })
  }).toPass({ timeout: 60_000 })
  await decide(office, title, '编号发布')
  await expect(office.locator('.state-tag').first()).toHaveText('准入生效')
  await office.getByRole('link', { name: '查看公开条目' }).click()
  await settled(office)
  await expect(office.locator('main')).toContainText(/〔\d{4}〕\d+号/)
  const visitor = await as(browser)
  await open(visitor, new URL(office.url()).pathname)
  await expect(visitor.locator('main')).toContainText(title)
  await clean(visitor, 'a public entry')
})

test('the case page answers why, and prints the official form with every opinion', async () => {
  await open(office, caseAddress)
  await office.getByText('为什么这样决定').click()
  await expect(office.locator('main')).toContainText('经费由预留转为承诺')
  await clean(office, 'a case')
  await office.emulateMedia({ media: 'print' })
  const paper = office.locator('.paper')
  await expect(paper).toBeVisible()
  await expect(paper).toContainText('建议与网格走访合并进行。')
  await expect(paper).toContainText('（盖章）')
  await expect(office.locator('.frame-side')).toBeHidden()
  await office.emulateMedia({ media: 'screen' })
})

test('tracking tells how long each step took, and links to the cases behind a number', async () => {
  await open(office, '/tracking')
  const lead = office.getByRole('region', { name: /办理时长.*按环节/ })
  await expect(lead.getByRole('row', { name: /登记查重/ })).toBeVisible()
  await expect(lead.getByRole('columnheader', { name: '中位数' })).toBeVisible()
  await expect(office.getByRole('region', { name: /办理时长.*按申请部门/ })).toContainText('常州市人力资源和社会保障局')
  await expect(office.getByRole('region', { name: /办理时长.*按辖市、区/ })).toContainText('天宁区')
  await office.getByRole('region', { name: /办理时长.*按申请部门/ }).getByRole('link').first().click()
  await expect(office).toHaveURL(/\/cases\?unit=cz-human-resources/)
})

test('the list is exported to Excel with its filters, and no cell is a formula', async () => {
  await open(office, `/cases?text=${encodeURIComponent(title)}`)
  const wait = office.waitForEvent('download')
  await office.getByRole('button', { name: '导出 Excel' }).click()
  const file = await wait
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/)
  expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')
  await expect(office.getByText(/^已导出：/)).toBeVisible()
  const plain = await call(office, 'GET', `/exports/cases?text=${encodeURIComponent(title)}`, undefined, { Accept: 'text/csv' })
  const text = await plain.text()
  expect(text).toContain(title)
  expect(text).not.toMatch(/(^|,)"?[=+@-]/m)
})

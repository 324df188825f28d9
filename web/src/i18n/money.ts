import type { Same } from './same'

export const zh = {
  title: '经费', lead: '没有落实经费的事项不得进入社区。每一笔预留、承诺、拨付都对应一个事项。', year: '年度', unit: '单位', text: '名称或科目', openOnly: '只看可用的', subject: '科目', name: '预算项目', appropriated: '预算', reserved: '已预留', committed: '已承诺', disbursed: '已拨付', returned: '已退回', free: '余额', closed: '已关闭', movements: '流水', kind: '类型', amount: '金额', case: '事项', by: '经办', at: '时间', left: '未结余额', noMovements: '还没有流水。', appropriate: '调整预算', appropriateTitle: '调整“{name}”的预算', newLine: '新建预算项目', amountYuan: '预算金额（元）', reason: '理由', key: '项目代码', keyHint: '小写字母、数字和连字符', adjusted: '预算已调整。', noLines: '没有预算项目。', use: '使用情况', system: '系统自动',
}
export const en: Same<typeof zh> = {
  title: 'Money', lead: 'Nothing enters communities without its money. Everything reserved, committed or paid belongs to a case.', year: 'Year', unit: 'Unit', text: 'Name or subject', openOnly: 'Open ones only', subject: 'Subject', name: 'Budget line', appropriated: 'Appropriated', reserved: 'Reserved', committed: 'Committed', disbursed: 'Disbursed', returned: 'Returned', free: 'Free', closed: 'closed', movements: 'Movements', kind: 'Kind', amount: 'Amount', case: 'Case', by: 'By', at: 'At', left: 'Still open', noMovements: 'No movements yet.', appropriate: 'Change the appropriation', appropriateTitle: 'Change the appropriation of “{name}”', newLine: 'New budget line', amountYuan: 'Appropriation (yuan)', reason: 'Reason', key: 'Key', keyHint: 'small letters, digits and hyphens', adjusted: 'Changed.', noLines: 'No budget lines.', use: 'Use', system: 'automatic',
}

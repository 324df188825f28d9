import type { Same } from './same'

export const zh = {
  lead: '需要您办理的事项按到期日排列，最急的在前。', open: '待办', yellow: '即将到期', overdue: '已超期', inbox: '待办任务', mine: '我提交的', drafts: '草稿', copied: '抄送我的', emptyCopied: '没有抄送给您的事项。', answered: '我的已办',
  question: '办理环节', from: '申请单位', claimed: '认领情况', claim: '认领', release: '释放', mineClaim: '我已认领', nobody: '待认领', others: '{name} 已认领', anyClaim: '不限', byMe: '我认领的', byNobody: '未认领', byOthers: '同事认领的',
  forWhom: '为谁办理', self: '本人', anyone: '全部', unread: '未读', emptyInbox: '没有需要您办理的任务。', emptyMine: '您还没有提交过申请。', emptyDrafts: '没有草稿。', emptyAnswered: '您还没有办理过任务。',
  bulk: '批量办理（{n}）', bulkTitle: '批量办理 {n} 项：{step}', bulkLead: '各项分别办理，结果逐项列出；其中一项不成功不影响其他项。', bulkOne: '批量办理须选择同一环节的任务。', outcome: '办理结果', opinion: '办理意见', opinionNeeded: '此结果必须填写意见。', bulkResult: '办理结果', succeeded: '已办理', notSucceeded: '未办理', unknown: '结果待确认', select: '选择 {title}', selectAll: '全选',
  heldBy: '当前承办', recall: '撤回', recallable: '可撤回', result: '办理结果', at: '办理时间', late: '超期办理', newRequest: '新建准入申请', continue: '继续填写', discard: '删除', discarded: '草稿已删除。', discardSure: '删除草稿“{title}”？删除后不能恢复。', bulkNone: '此环节的结果都需要逐项填写内容，不能批量办理。', due: '到期日', done: '办理完成：{ok} 项成功，{bad} 项未办理。',
}
export const en: Same<typeof zh> = {
  lead: 'What waits for you, the most urgent first.', open: 'Waiting', yellow: 'Due soon', overdue: 'Overdue', inbox: 'Inbox', mine: 'Filed by me', drafts: 'Drafts', copied: 'Copied to me', emptyCopied: 'Nothing was copied to you.', answered: 'Answered by me',
  question: 'Step', from: 'Applicant', claimed: 'Claimed', claim: 'Claim', release: 'Release', mineClaim: 'by me', nobody: 'by nobody', others: 'by {name}', anyClaim: 'Any', byMe: 'By me', byNobody: 'By nobody', byOthers: 'By colleagues',
  forWhom: 'In whose place', self: 'Myself', anyone: 'Everybody', unread: 'unread', emptyInbox: 'Nothing waits for you.', emptyMine: 'You have not filed anything yet.', emptyDrafts: 'No drafts.', emptyAnswered: 'You have not answered anything yet.',
  bulk: 'Decide together ({n})', bulkTitle: 'Decide {n} together: {step}', bulkLead: 'Each is decided for itself, and each has its own result; one that fails does not hold up the others.', bulkOne: 'Only tasks of the same step can be decided together.', outcome: 'Outcome', opinion: 'Opinion', opinionNeeded: 'This outcome needs an opinion.', bulkResult: 'Results', succeeded: 'Done', notSucceeded: 'Not done', unknown: 'Not known yet', select: 'Select {title}', selectAll: 'Select all',
  heldBy: 'With', recall: 'Recall', recallable: 'can be recalled', result: 'Outcome', at: 'Answered', late: 'late', newRequest: 'New request', continue: 'Go on', discard: 'Discard', discarded: 'Draft discarded.', discardSure: 'Discard the draft “{title}”? It cannot be brought back.', bulkNone: 'Every outcome of this step needs details of its own; decide them one by one.', due: 'Due', done: 'Done: {ok} decided, {bad} not.',
}

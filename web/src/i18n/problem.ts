import type { Same } from './same'

export const zh = {
  title: {
    invalid: '内容需要修改', unauthorised: '登录已失效', forbidden: '无权办理', not_found: '没有找到', conflict: '情况已变化', stale: '内容已被更新',
    too_many: '操作过于频繁', unavailable: '暂时不能办理', unknown: '结果尚未确认', internal: '系统出错', lost: '连接中断',
  },
  plain: {
    invalid: '提交的内容不正确，请检查后重试。', unauthorised: '请重新登录，已填写的内容仍然保留。', forbidden: '您没有办理此事的权限。', not_found: '该内容不存在，或者您无权查看。',
    conflict: '其他人已先行办理，请查看最新情况。', stale: '您打开之后内容已被更新，请查看最新内容后再办理。', too_many: '请稍后再试。', unavailable: '服务暂时不可用，请稍后用原内容重试，不会重复办理。',
    unknown: '请求已发出，但尚未收到结果。请稍候再试，不会重复办理。', internal: '系统发生错误，已填写的内容仍然保留。', lost: '没有连上服务器，已填写的内容仍然保留，请检查网络后重试。',
  },
  earlier: '此前发出的同一操作已经生效，请查看最新情况。', rule: '依据', also: '另外', request: '报障编号', seeLatest: '查看最新内容', field: '需要修改：{field}',
  rules: {
    fees_follow_tasks: '费随事转：没有落实经费的事项不得进入社区', separation_of_duties: '职责分离：本人或本单位的申请须由他人办理', negative_list: '负面清单：已取消的事项不得进入社区',
    default_deny: '未经授权的操作一律不允许', fail_closed: '无法核实权限时一律不予办理', 'joint.finance': '财政部门须签署经费意见', 'admission.cooloff_years': '不准入的事项在规定年限内不得再次申请',
    'admission.correction_rounds': '退回补正应一次性告知，次数有上限', 'admission.lead_time_wd': '应在拟实施日前规定的工作日数以上提出申请', 'admission.urge_max_per_task': '每项任务的催办次数有上限',
    'admission.vote_quorum_percent': '参加表决的成员须达到规定比例，并获半数以上赞成', 'account.must_change': '首次登录须先修改初始密码', commit: '办理时授权已不再有效',
    'admission.term_max_years': '准入期限有上限', 'admission.temp_max_days': '临时性事项期限有上限', policy: '权限规则',
  },
}

export const en: Same<typeof zh> = {
  title: {
    invalid: 'Something must be changed', unauthorised: 'You were signed out', forbidden: 'Not allowed', not_found: 'Not found', conflict: 'Things have moved on', stale: 'There is a newer version',
    too_many: 'Too often', unavailable: 'Not possible right now', unknown: 'Outcome not known yet', internal: 'Something broke', lost: 'Connection lost',
  },
  plain: {
    invalid: 'What was sent is not right; please check it.', unauthorised: 'Please sign in again. What you typed is kept.', forbidden: 'You may not do this.', not_found: 'It does not exist, or you may not see it.',
    conflict: 'Somebody else was first; please look at how things stand.', stale: 'It has changed since you opened it. Look at the latest version before you go on.', too_many: 'Please try again a little later.', unavailable: 'The service is away for a moment. Try again as it is: nothing will be done twice.',
    unknown: 'It was sent, and no answer has come yet. Try again in a moment: nothing will be done twice.', internal: 'There was an error. What you typed is kept.', lost: 'The server could not be reached. What you typed is kept; check the network and try again.',
  },
  earlier: 'What you sent before has already taken effect; please look at how things stand.', rule: 'Rule', also: 'Also', request: 'Quote when reporting', seeLatest: 'Show the latest', field: 'To change: {field}',
  rules: {
    fees_follow_tasks: 'Money follows tasks: nothing enters communities without its money', separation_of_duties: 'Separation of duties: somebody else must decide on one’s own or one’s unit’s request', negative_list: 'Negative list: what was abolished may not enter communities',
    default_deny: 'What was not granted is not allowed', fail_closed: 'Nothing is done when rights cannot be verified', 'joint.finance': 'Finance must sign the budget line', 'admission.cooloff_years': 'What was refused may not be asked for again for a time',
    'admission.correction_rounds': 'A return names all gaps at once, and the number of returns is limited', 'admission.lead_time_wd': 'A request must come early enough before the planned start', 'admission.urge_max_per_task': 'Reminders for one task are limited',
    'admission.vote_quorum_percent': 'Enough members must vote, and more than half of them for it', 'account.must_change': 'The first password must be changed first', commit: 'The grant is no longer in force',
    'admission.term_max_years': 'The term of an admission is limited', 'admission.temp_max_days': 'The term of a temporary item is limited', policy: 'Rule on rights',
  },
}

import type { ChatMessage } from '#ports/chat-messages.ts';

import { announcementMessage } from './announcement.ts';
import { approvalMessage } from './approval.ts';
import type { SlackMessage } from './blocks.ts';
import { catchUpMessage } from './catch-up.ts';
import { digestMessage } from './digest.ts';
import { evidenceMessage } from './evidence.ts';
import { incidentCard } from './incident-card.ts';
import { noticeMessage } from './notice.ts';
import { reminderMessage } from './reminder.ts';
import { roleMessage } from './role.ts';
import { type BlockStyle, runMessage } from './run-message.ts';
import { suggestionMessage } from './suggestion.ts';

export function drawMessage(message: ChatMessage, style: BlockStyle = 'rich'): SlackMessage {
  switch (message.kind) {
    case 'incident-card':
      return incidentCard(message);
    case 'run':
      return runMessage(message, style);
    case 'approval':
      return approvalMessage(message);
    case 'evidence':
      return evidenceMessage(message);
    case 'suggestion':
      return suggestionMessage(message);
    case 'announcement':
      return announcementMessage(message);
    case 'reminder':
      return reminderMessage(message);
    case 'role':
      return roleMessage(message);
    case 'digest':
      return digestMessage(message);
    case 'catch-up':
      return catchUpMessage(message);
    case 'notice':
      return noticeMessage(message);
    default:
      return message satisfies never;
  }
}

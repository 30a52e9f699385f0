/**
 * What an alert source told us, whatever its format was. A group is one incident at most; a
 * partly resolved group still fires (Alertmanager says so, too).
 */
export type AlertNotification = {
  source: 'alertmanager' | 'grafana' | 'pagerduty';
  /** Equal for all notifications of one group. */
  group: string;
  status: 'firing' | 'resolved';
  /** Labels that all alerts of the group share. */
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  alerts: readonly Alert[];
};

export type Alert = {
  fingerprint: string;
  status: 'firing' | 'resolved';
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** ISO. */
  startsAt: string;
  /** Null while it fires: a source that has no end writes the year 1. */
  endsAt: string | null;
  url: string | null;
};

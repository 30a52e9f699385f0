export type Rollback = {
  id: string;
  key: string;
  status: 'pending' | 'running' | 'succeeded' | 'failed';
  /** Deployment ids. */
  from: string;
  to: string;
  url: string;
  message: string | null;
};

export type RollbackRequest = { from: string; to: string; reason: string };

export type RollbackAnswer =
  | { kind: 'accepted' | 'repeated'; rollback: Rollback }
  | { kind: 'changed'; current: string }
  | { kind: 'busy' | 'unknownTarget' | 'keyReused' };

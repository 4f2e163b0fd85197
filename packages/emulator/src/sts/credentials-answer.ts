import type { OperationAnswer } from '../operations/operation.ts';
import type { SessionRequest } from './session-request.ts';
import { type Session, utcSeconds } from './sessions.ts';

/** The answer of both ways of assuming a role. */
export function credentialsAnswer({ role, sessionName }: SessionRequest, session: Session): OperationAnswer {
  return {
    AssumedRoleUser: {
      Arn: `${role.arn}/${sessionName}`,
      AssumedRoleId: `${role.roleId}:${sessionName}`,
    },
    Credentials: {
      AccessKeyId: session.accessKeyId,
      AccessKeySecret: session.accessKeySecret,
      SecurityToken: session.securityToken,
      Expiration: utcSeconds(session.expiresAt),
    },
  };
}

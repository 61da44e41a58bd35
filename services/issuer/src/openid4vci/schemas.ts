import Type from 'typebox'

/** The error answer of every protocol endpoint (RFC 6749 5.2, OpenID4VCI 8.3.1.2). */
export const ProtocolError = Type.Object(
  {
    error: Type.String({ description: 'A code of the specification' }),
    error_description: Type.Optional(Type.String({ description: 'For developers, in ASCII' })),
  },
  {
    examples: [
      {
        error: 'invalid_request',
        error_description: 'The parameter tx_code is missing',
      },
    ],
  },
)

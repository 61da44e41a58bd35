import Type from 'typebox'

export const HandleParams = Type.Object({
  handle: Type.String({ minLength: 1, maxLength: 100, description: 'The secret of the request' }),
})

/** OpenID4VP 5.10: what a wallet may say when it fetches the request by POST. */
export const RequestUriForm = Type.Object({
  wallet_nonce: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  wallet_metadata: Type.Optional(Type.String({ maxLength: 32_768, description: 'JSON' })),
})

/** OpenID4VP 8.2 and 8.3: the answer, or an error. */
export const ResponseForm = Type.Object(
  {
    response: Type.Optional(
      Type.String({ description: 'The answer, encrypted: a compact JWE (direct_post.jwt)' }),
    ),
    vp_token: Type.Optional(Type.String({ description: 'The answer as JSON (direct_post)' })),
    state: Type.Optional(Type.String({ maxLength: 500 })),
    error: Type.Optional(Type.String({ maxLength: 200 })),
    error_description: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  { examples: [{ error: 'access_denied', state: 'the state of the request object' }] },
)

export const ResponseAnswer = Type.Object(
  { redirect_uri: Type.Optional(Type.String()) },
  { description: 'Taken. Where to send the learner now, when there is somewhere', examples: [{}] },
)

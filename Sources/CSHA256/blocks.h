#ifndef CRM_CSHA256_BLOCKS_H
#define CRM_CSHA256_BLOCKS_H

/* What Swift cannot say: the instructions for SHA-256 that processors of the x86 family have (Intel, "Intel SHA Extensions",
   2013). They take a fifth of the time. Where they are missing, and on other processors, Swift does it all. */

#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/* Whether this processor has them, and the two older sets that are used beside. */
static inline int csha256_is_supported(void) {
    unsigned int a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

/* Mixes whole blocks of 64 bytes into the eight words of a state, given the standard's 64 constants. */
__attribute__((target("sha,ssse3,sse4.1"))) static inline void csha256_mix(
    uint32_t *state, const uint8_t *blocks, size_t count, const uint32_t *constants
) {
    const __m128i bytes_reversed = _mm_set_epi64x(0x0C0D0E0F08090A0B, 0x0405060700010203);
    /* The instructions keep the words as (f, e, b, a) and (h, g, d, c), the lowest first. */
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
    __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
    __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);

    for (; count > 0; count--, blocks += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        /* The last sixteen words of the schedule, four by four. */
        __m128i words[4];
        for (int i = 0; i < 4; i++) {
            words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * i)), bytes_reversed);
        }
#pragma clang loop unroll(full)
        for (int i = 0; i < 16; i++) {
            const __m128i oldest = words[i & 3], newest = words[(i + 3) & 3];
            const __m128i sum = _mm_add_epi32(oldest, _mm_loadu_si128((const __m128i *)(constants + 4 * i)));
            cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
            abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
            const __m128i between = _mm_alignr_epi8(newest, words[(i + 2) & 3], 4);
            const __m128i next = _mm_add_epi32(_mm_sha256msg1_epu32(oldest, words[(i + 1) & 3]), between);
            words[i & 3] = _mm_sha256msg2_epu32(next, newest);
        }
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }

    __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
    __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

static inline int csha256_is_supported(void) { return 0; }

static inline void csha256_mix(uint32_t *state, const uint8_t *blocks, size_t count, const uint32_t *constants) {}

#endif
#endif

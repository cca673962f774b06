"""The one list of error and reason codes.

A code never changes its meaning and is never used again once retired. The sentence of each code, its remedy and its
legal basis stand in `thongquan.base.core.sentences`; `docs/errors.md` is written from both.

Families: DEC document form and presence, REG regime, VAL value, TAX duties, ORI origin, LAW reference data missing,
CHN reasons of a channel, FMT file formats and doors, REV money, API requests, ACC accounts, LED ledger.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """Every code that a person or a program may be told."""

    TQ_DEC_001 = "TQ-DEC-001"  # a required field is missing
    TQ_DEC_002 = "TQ-DEC-002"  # a text is longer than its field
    TQ_DEC_003 = "TQ-DEC-003"  # a text holds characters that the field does not take
    TQ_DEC_004 = "TQ-DEC-004"  # a code is not in its list on the day
    TQ_DEC_005 = "TQ-DEC-005"  # too many lines: split
    TQ_DEC_006 = "TQ-DEC-006"  # line numbers are not 1..n
    TQ_DEC_007 = "TQ-DEC-007"  # no line of goods
    TQ_DEC_008 = "TQ-DEC-008"  # more decimals than the field keeps
    TQ_DEC_009 = "TQ-DEC-009"  # a quantity or amount must be above zero
    TQ_DEC_010 = "TQ-DEC-010"  # tax code has the wrong form
    TQ_DEC_011 = "TQ-DEC-011"  # HS code is not eight digits
    TQ_DEC_012 = "TQ-DEC-012"  # HS code is not in the nomenclature on the day
    TQ_DEC_013 = "TQ-DEC-013"  # description too short
    TQ_DEC_014 = "TQ-DEC-014"  # description vague
    TQ_DEC_015 = "TQ-DEC-015"  # unit differs from the unit of the nomenclature
    TQ_DEC_016 = "TQ-DEC-016"  # additional quantity and unit required
    TQ_DEC_017 = "TQ-DEC-017"  # gross weight below net weight on a line
    TQ_DEC_018 = "TQ-DEC-018"  # net weights of the lines above the gross weight
    TQ_DEC_019 = "TQ-DEC-019"  # packages of the lines differ from the packages
    TQ_DEC_020 = "TQ-DEC-020"  # lodged later than the deadline
    TQ_DEC_021 = "TQ-DEC-021"  # arrival lies so far ahead that the declaration would lapse
    TQ_DEC_022 = "TQ-DEC-022"  # same invoice and goods already declared
    TQ_DEC_023 = "TQ-DEC-023"  # export leaves on the day of lodging
    TQ_DEC_024 = "TQ-DEC-024"  # export left before lodging
    TQ_DEC_025 = "TQ-DEC-025"  # a paper is dated after the day it is declared
    TQ_DEC_026 = "TQ-DEC-026"  # more entries than the field takes
    TQ_DEC_027 = "TQ-DEC-027"  # the same entry twice
    TQ_DEC_028 = "TQ-DEC-028"  # exemption list given without an exemption code
    TQ_DEC_029 = "TQ-DEC-029"  # line of another paper outside 1 to 50
    TQ_DEC_030 = "TQ-DEC-030"  # container number fails its check digit

    TQ_REG_001 = "TQ-REG-001"  # regime of the other flow
    TQ_REG_002 = "TQ-REG-002"  # temporary regime without its date
    TQ_REG_003 = "TQ-REG-003"  # regime needs the earlier declaration
    TQ_REG_004 = "TQ-REG-004"  # date of a temporary stay on a regime that has none
    TQ_REG_005 = "TQ-REG-005"  # earlier declaration on a regime that has none
    TQ_REG_006 = "TQ-REG-006"  # temporary date already past
    TQ_REG_007 = "TQ-REG-007"  # regime does not exist on the day

    TQ_VAL_001 = "TQ-VAL-001"  # price times quantity differs from value
    TQ_VAL_002 = "TQ-VAL-002"  # values of the lines differ from the invoice
    TQ_VAL_003 = "TQ-VAL-003"  # the delivery term asks for the freight
    TQ_VAL_004 = "TQ-VAL-004"  # no insurance stated
    TQ_VAL_005 = "TQ-VAL-005"  # freight or insurance not counted under this term
    TQ_VAL_006 = "TQ-VAL-006"  # customs value not above zero

    TQ_TAX_001 = "TQ-TAX-001"  # several rates allowed: choose
    TQ_TAX_002 = "TQ-TAX-002"  # chosen rate is not allowed
    TQ_TAX_003 = "TQ-TAX-003"  # choice without its reason
    TQ_TAX_004 = "TQ-TAX-004"  # in or out of the quota not said
    TQ_TAX_005 = "TQ-TAX-005"  # quantity not in the unit of the specific rate
    TQ_TAX_006 = "TQ-TAX-006"  # tax applies, its amount is not known here
    TQ_TAX_007 = "TQ-TAX-007"  # two choices for one tax

    TQ_ORI_001 = "TQ-ORI-001"  # preferential schedule without proof of origin
    TQ_ORI_002 = "TQ-ORI-002"  # origin is not a member of the schedule
    TQ_ORI_003 = "TQ-ORI-003"  # origin excluded from the rate
    TQ_ORI_004 = "TQ-ORI-004"  # the schedule gives no rate for this code

    TQ_LAW_001 = "TQ-LAW-001"  # a parameter is missing
    TQ_LAW_002 = "TQ-LAW-002"  # an exchange rate is missing
    TQ_LAW_003 = "TQ-LAW-003"  # a parameter cannot be read
    TQ_LAW_004 = "TQ-LAW-004"  # the law of the day does not fit the document
    TQ_LAW_005 = "TQ-LAW-005"  # a schedule is missing

    TQ_CHN_001 = "TQ-CHN-001"  # mandatory control
    TQ_CHN_002 = "TQ-CHN-002"  # licence
    TQ_CHN_003 = "TQ-CHN-003"  # quarantine
    TQ_CHN_004 = "TQ-CHN-004"  # prohibited goods
    TQ_CHN_005 = "TQ-CHN-005"  # specialized inspection
    TQ_CHN_006 = "TQ-CHN-006"  # gate not open to these goods
    TQ_CHN_007 = "TQ-CHN-007"  # non-compliant declarant
    TQ_CHN_008 = "TQ-CHN-008"  # declarant barred from simplified treatment
    TQ_CHN_009 = "TQ-CHN-009"  # priority enterprise exempt from checks
    TQ_CHN_010 = "TQ-CHN-010"  # drawn at random
    TQ_CHN_011 = "TQ-CHN-011"  # tax to be assessed by an officer
    TQ_CHN_012 = "TQ-CHN-012"  # exemption or security to be checked
    TQ_CHN_013 = "TQ-CHN-013"  # nothing asks for a check
    TQ_CHN_014 = "TQ-CHN-014"  # selected under risk management (all a declarant is told)

    TQ_FMT_001 = "TQ-FMT-001"  # file cannot be read
    TQ_FMT_002 = "TQ-FMT-002"  # not JSON
    TQ_FMT_003 = "TQ-FMT-003"  # unknown field
    TQ_FMT_004 = "TQ-FMT-004"  # wrong type
    TQ_FMT_005 = "TQ-FMT-005"  # required part missing
    TQ_FMT_006 = "TQ-FMT-006"  # amount not a finite number
    TQ_FMT_007 = "TQ-FMT-007"  # amount too large
    TQ_FMT_008 = "TQ-FMT-008"  # date out of bounds
    TQ_FMT_009 = "TQ-FMT-009"  # wrong encoding
    TQ_FMT_010 = "TQ-FMT-010"  # file too large
    TQ_FMT_011 = "TQ-FMT-011"  # too many rows
    TQ_FMT_012 = "TQ-FMT-012"  # archive expands too far
    TQ_FMT_013 = "TQ-FMT-013"  # document type or entities in XML
    TQ_FMT_014 = "TQ-FMT-014"  # unknown element kept
    TQ_FMT_015 = "TQ-FMT-015"  # old version of the template
    TQ_FMT_016 = "TQ-FMT-016"  # not well-formed XML
    TQ_FMT_017 = "TQ-FMT-017"  # kind of file not known
    TQ_FMT_018 = "TQ-FMT-018"  # value not readable as a date or number
    TQ_FMT_019 = "TQ-FMT-019"  # a message of another kind, not a declaration
    TQ_FMT_020 = "TQ-FMT-020"  # weight in another unit than kilograms

    TQ_REV_001 = "TQ-REV-001"  # guarantee not known for the trader
    TQ_REV_002 = "TQ-REV-002"  # guarantee not in force on the day
    TQ_REV_003 = "TQ-REV-003"  # guarantee has too little left
    TQ_REV_004 = "TQ-REV-004"  # too late for a guarantee
    TQ_REV_005 = "TQ-REV-005"  # nothing open to guarantee
    TQ_REV_006 = "TQ-REV-006"  # single guarantee of another declaration
    TQ_REV_007 = "TQ-REV-007"  # general guarantee: too little activity
    TQ_REV_008 = "TQ-REV-008"  # general guarantee: smuggling or evasion
    TQ_REV_009 = "TQ-REV-009"  # general guarantee: too many violations
    TQ_REV_010 = "TQ-REV-010"  # general guarantee: overdue debt
    TQ_REV_011 = "TQ-REV-011"  # bank booking not in dong
    TQ_REV_012 = "TQ-REV-012"  # column of the bank file missing
    TQ_REV_013 = "TQ-REV-013"  # booking of the bank has less left
    TQ_REV_014 = "TQ-REV-014"  # more than the declaration owes
    TQ_REV_015 = "TQ-REV-015"  # declaration not in the books of the office
    TQ_REV_016 = "TQ-REV-016"  # amount not a whole number of dong above zero
    TQ_REV_017 = "TQ-REV-017"  # guarantee still in use
    TQ_REV_018 = "TQ-REV-018"  # guarantee registered already
    TQ_REV_019 = "TQ-REV-019"  # period of the guarantee
    TQ_REV_020 = "TQ-REV-020"  # not a bank statement that can be read
    TQ_REV_050 = "TQ-REV-050"  # no such line of an exemption list of the trader
    TQ_REV_051 = "TQ-REV-051"  # exemption list not in force
    TQ_REV_052 = "TQ-REV-052"  # exemption list names other goods or another unit
    TQ_REV_053 = "TQ-REV-053"  # exemption list has too little left
    TQ_REV_054 = "TQ-REV-054"  # exemption list cannot be registered so
    TQ_REV_055 = "TQ-REV-055"  # state of the exemption list does not allow the step
    TQ_REV_056 = "TQ-REV-056"  # reason or grounds missing
    TQ_REV_057 = "TQ-REV-057"  # case of refund or non-collection not in the law of the day
    TQ_REV_058 = "TQ-REV-058"  # refund below the smallest amount paid
    TQ_REV_059 = "TQ-REV-059"  # more than was paid, or than is open
    TQ_REV_060 = "TQ-REV-060"  # state of the claim does not allow the step
    TQ_REV_061 = "TQ-REV-061"  # a second person must decide the claim
    TQ_REV_062 = "TQ-REV-062"  # a claim for this tax waits already

    TQ_LIF_001 = "TQ-LIF-001"  # the state does not allow the step
    TQ_LIF_002 = "TQ-LIF-002"  # the tenth amendment
    TQ_LIF_003 = "TQ-LIF-003"  # a field that is not amended
    TQ_LIF_004 = "TQ-LIF-004"  # nothing changed
    TQ_LIF_005 = "TQ-LIF-005"  # amended after the channel
    TQ_LIF_006 = "TQ-LIF-006"  # reason missing
    TQ_LIF_007 = "TQ-LIF-007"  # amended after clearance, too late to be free of penalty
    TQ_LIF_008 = "TQ-LIF-008"  # a second person must sign
    TQ_LIF_009 = "TQ-LIF-009"  # a proposal of this kind waits already
    TQ_LIF_010 = "TQ-LIF-010"  # no proposal of this kind waits
    TQ_LIF_011 = "TQ-LIF-011"  # amended by another meanwhile
    TQ_LIF_012 = "TQ-LIF-012"  # pre-registered data lapsed or used
    TQ_LIF_013 = "TQ-LIF-013"  # instruction names no field, or too many
    TQ_LIF_014 = "TQ-LIF-014"  # ground of cancellation not in the law of the day
    TQ_LIF_015 = "TQ-LIF-015"  # no ground for expiry holds
    TQ_LIF_016 = "TQ-LIF-016"  # customs asks to correct a field
    TQ_LIF_017 = "TQ-LIF-017"  # a total cannot be apportioned over a split
    TQ_LIF_018 = "TQ-LIF-018"  # documents filed without a paper
    TQ_LIF_019 = "TQ-LIF-019"  # goods presented before
    TQ_LIF_020 = "TQ-LIF-020"  # only a priority enterprise lodges an incomplete declaration
    TQ_LIF_021 = "TQ-LIF-021"  # nothing is left to complete
    TQ_LIF_022 = "TQ-LIF-022"  # completing changes what was declared
    TQ_LIF_023 = "TQ-LIF-023"  # completed after its term

    TQ_CTL_001 = "TQ-CTL-001"  # no such check is due
    TQ_CTL_002 = "TQ-CTL-002"  # no such check is open
    TQ_CTL_003 = "TQ-CTL-003"  # points of the checklist without an outcome
    TQ_CTL_004 = "TQ-CTL-004"  # a difference without what was found
    TQ_CTL_005 = "TQ-CTL-005"  # a value outside its choices
    TQ_CTL_006 = "TQ-CTL-006"  # amended after the check was begun
    TQ_CTL_007 = "TQ-CTL-007"  # too few officers on duty
    TQ_CTL_008 = "TQ-CTL-008"  # an inspection is under way already
    TQ_CTL_009 = "TQ-CTL-009"  # not one of the officers assigned
    TQ_CTL_010 = "TQ-CTL-010"  # the act changed after it was read
    TQ_CTL_011 = "TQ-CTL-011"  # signed by this person already
    TQ_CTL_012 = "TQ-CTL-012"  # lines not inspected yet
    TQ_CTL_013 = "TQ-CTL-013"  # outcome and findings of a line contradict each other
    TQ_CTL_014 = "TQ-CTL-014"  # no such line
    TQ_CTL_015 = "TQ-CTL-015"  # a turn of duty that is not possible
    TQ_CTL_016 = "TQ-CTL-016"  # not an officer of this office
    TQ_CTL_017 = "TQ-CTL-017"  # seals of samples missing or not different
    TQ_CTL_018 = "TQ-CTL-018"  # no result is awaited
    TQ_CTL_019 = "TQ-CTL-019"  # asked already
    TQ_CTL_020 = "TQ-CTL-020"  # the act says something else there meanwhile
    TQ_CTL_021 = "TQ-CTL-021"  # kept on a device for another inspection
    TQ_CTL_050 = "TQ-CTL-050"  # not a change of channel in this direction
    TQ_CTL_051 = "TQ-CTL-051"  # reason missing
    TQ_CTL_052 = "TQ-CTL-052"  # goods presented, the channel stands
    TQ_CTL_053 = "TQ-CTL-053"  # no proposal of a lower channel
    TQ_CTL_054 = "TQ-CTL-054"  # a second person must sign the lower channel
    TQ_CTL_060 = "TQ-CTL-060"  # duties open
    TQ_CTL_061 = "TQ-CTL-061"  # license not declared
    TQ_CTL_062 = "TQ-CTL-062"  # no result of quarantine
    TQ_CTL_063 = "TQ-CTL-063"  # no result of a specialized inspection
    TQ_CTL_064 = "TQ-CTL-064"  # prohibited goods
    TQ_CTL_065 = "TQ-CTL-065"  # goods not allowed at this gate
    TQ_CTL_066 = "TQ-CTL-066"  # documents not checked
    TQ_CTL_067 = "TQ-CTL-067"  # goods not inspected
    TQ_CTL_068 = "TQ-CTL-068"  # a requested check has not reported
    TQ_CTL_069 = "TQ-CTL-069"  # final result after release not stated
    TQ_CTL_070 = "TQ-CTL-070"  # conditions of release not loaded
    TQ_CTL_071 = "TQ-CTL-071"  # a check reported against release
    TQ_CTL_075 = "TQ-CTL-075"  # place of preservation missing
    TQ_CTL_076 = "TQ-CTL-076"  # barred from preservation
    TQ_CTL_077 = "TQ-CTL-077"  # no open request for preservation
    TQ_CTL_078 = "TQ-CTL-078"  # request for preservation open already
    TQ_CTL_079 = "TQ-CTL-079"  # no good result for preserved goods
    TQ_CTL_080 = "TQ-CTL-080"  # not an exit slip
    TQ_CTL_081 = "TQ-CTL-081"  # signature of a slip not genuine
    TQ_CTL_082 = "TQ-CTL-082"  # slip outside its hours
    TQ_CTL_083 = "TQ-CTL-083"  # slip for another plate
    TQ_CTL_084 = "TQ-CTL-084"  # slip for another gate
    TQ_CTL_085 = "TQ-CTL-085"  # slip used already
    TQ_CTL_086 = "TQ-CTL-086"  # slip withdrawn
    TQ_CTL_087 = "TQ-CTL-087"  # slip unknown here
    TQ_CTL_088 = "TQ-CTL-088"  # not a gate of the office
    TQ_CTL_089 = "TQ-CTL-089"  # an unused slip of this plate
    TQ_CTL_090 = "TQ-CTL-090"  # a use in the future
    TQ_CTL_091 = "TQ-CTL-091"  # plate missing

    TQ_VIO_001 = "TQ-VIO-001"  # the law of the day knows no such act
    TQ_VIO_002 = "TQ-VIO-002"  # the state of the case does not allow the step
    TQ_VIO_003 = "TQ-VIO-003"  # a second person must do it
    TQ_VIO_004 = "TQ-VIO-004"  # the fine of this act must be stated
    TQ_VIO_005 = "TQ-VIO-005"  # a share of short duty, and no duty is short
    TQ_VIO_006 = "TQ-VIO-006"  # words are missing

    TQ_AUD_001 = "TQ-AUD-001"  # too old to be audited
    TQ_AUD_002 = "TQ-AUD-002"  # the state of the case does not allow the step
    TQ_AUD_003 = "TQ-AUD-003"  # a second person must do it
    TQ_AUD_004 = "TQ-AUD-004"  # words are missing
    TQ_AUD_005 = "TQ-AUD-005"  # no such line or field in the declaration
    TQ_AUD_006 = "TQ-AUD-006"  # the value found cannot be read
    TQ_AUD_007 = "TQ-AUD-007"  # duties not recalculated since the last finding
    TQ_AUD_008 = "TQ-AUD-008"  # objection or appeal filed late
    TQ_AUD_009 = "TQ-AUD-009"  # already under audit
    TQ_AUD_010 = "TQ-AUD-010"  # no further extension
    TQ_AUD_011 = "TQ-AUD-011"  # a deadline in the past
    TQ_AUD_012 = "TQ-AUD-012"  # a criterion cannot be read
    TQ_AUD_013 = "TQ-AUD-013"  # what was found is what was declared

    TQ_EXP_001 = "TQ-EXP-001"  # parcel above the limits of the express lane
    TQ_EXP_002 = "TQ-EXP-002"  # consignment accepted before
    TQ_EXP_003 = "TQ-EXP-003"  # consignment number twice in the file
    TQ_EXP_004 = "TQ-EXP-004"  # file larger than a batch may be
    TQ_EXP_005 = "TQ-EXP-005"  # more parcels than a batch may hold
    TQ_EXP_006 = "TQ-EXP-006"  # neither CSV nor NDJSON in UTF-8
    TQ_EXP_007 = "TQ-EXP-007"  # columns missing, unknown or twice
    TQ_EXP_008 = "TQ-EXP-008"  # row cannot be read
    TQ_EXP_009 = "TQ-EXP-009"  # not registered as an express carrier
    TQ_EXP_010 = "TQ-EXP-010"  # lane saturated
    TQ_EXP_011 = "TQ-EXP-011"  # part at another place than where the upload stands
    TQ_EXP_012 = "TQ-EXP-012"  # what was received is not what was announced
    TQ_EXP_013 = "TQ-EXP-013"  # number of the consignment in a form it cannot have
    TQ_EXP_014 = "TQ-EXP-014"  # rows of one parcel contradict each other
    TQ_EXP_015 = "TQ-EXP-015"  # more kinds of goods than a parcel may hold
    TQ_EXP_016 = "TQ-EXP-016"  # the parcel does not wait for a check
    TQ_EXP_017 = "TQ-EXP-017"  # the same file was sent before
    TQ_AUD_014 = "TQ-AUD-014"  # whoever answered the objection cannot decide the appeal

    TQ_RES_001 = "TQ-RES-001"  # goods not on the residents' list
    TQ_RES_002 = "TQ-RES-002"  # identity document cannot be read
    TQ_RES_003 = "TQ-RES-003"  # the state of the form does not allow the step
    TQ_RES_004 = "TQ-RES-004"  # goods over the quota not inspected
    TQ_RES_005 = "TQ-RES-005"  # duties of the form open
    TQ_RES_006 = "TQ-RES-006"  # quantity or value not above zero
    TQ_RES_007 = "TQ-RES-007"  # no prepared form of this code
    TQ_RES_008 = "TQ-RES-008"  # words are missing
    TQ_RES_009 = "TQ-RES-009"  # form stands in a collection list already
    TQ_RES_010 = "TQ-RES-010"  # collection list filed late
    TQ_RES_011 = "TQ-RES-011"  # form cannot be gathered
    TQ_RES_012 = "TQ-RES-012"  # goods of a collection list not cleared
    TQ_RES_013 = "TQ-RES-013"  # identity document of somebody else
    TQ_RES_014 = "TQ-RES-014"  # collection list without forms
    TQ_RES_015 = "TQ-RES-015"  # vehicle is in already
    TQ_RES_016 = "TQ-RES-016"  # number of lines

    TQ_CSW_001 = "TQ-CSW-001"  # words are missing
    TQ_CSW_002 = "TQ-CSW-002"  # too many words
    TQ_CSW_003 = "TQ-CSW-003"  # who is named is not an officer of the office
    TQ_CSW_004 = "TQ-CSW-004"  # the state of the question does not allow the step
    TQ_CSW_005 = "TQ-CSW-005"  # too many questions wait on one declaration
    TQ_CSW_006 = "TQ-CSW-006"  # nobody to assign to: not on duty at the office
    TQ_CSW_007 = "TQ-CSW-007"  # nothing chosen that could be assigned

    TQ_VIE_001 = "TQ-VIE-001"  # person does not handle declarations of the office
    TQ_VIE_002 = "TQ-VIE-002"  # taken from an officer without a reason
    TQ_VIE_003 = "TQ-VIE-003"  # somebody else has it
    TQ_VIE_004 = "TQ-VIE-004"  # not one's own to give back
    TQ_VIE_005 = "TQ-VIE-005"  # name of a saved filter
    TQ_VIE_006 = "TQ-VIE-006"  # too many saved filters
    TQ_VIE_007 = "TQ-VIE-007"  # none or too many rows chosen
    TQ_VIE_008 = "TQ-VIE-008"  # not an act on several rows
    TQ_VIE_009 = "TQ-VIE-009"  # shared with an office of others
    TQ_VIE_010 = "TQ-VIE-010"  # name of a template
    TQ_VIE_011 = "TQ-VIE-011"  # too many templates
    TQ_VIE_012 = "TQ-VIE-012"  # template shared without an enterprise

    TQ_API_001 = "TQ-API-001"  # idempotency key used with another body
    TQ_API_002 = "TQ-API-002"  # too many requests
    TQ_API_003 = "TQ-API-003"  # request too large
    TQ_API_004 = "TQ-API-004"  # not signed in
    TQ_API_005 = "TQ-API-005"  # not allowed
    TQ_API_006 = "TQ-API-006"  # not found
    TQ_API_007 = "TQ-API-007"  # service not available
    TQ_API_008 = "TQ-API-008"  # method not offered here
    TQ_API_009 = "TQ-API-009"  # state does not allow it

    TQ_ACC_001 = "TQ-ACC-001"  # second factor required
    TQ_ACC_002 = "TQ-ACC-002"  # sign-in failed
    TQ_ACC_003 = "TQ-ACC-003"  # too many sign-in attempts
    TQ_ACC_004 = "TQ-ACC-004"  # token expired or withdrawn
    TQ_ACC_005 = "TQ-ACC-005"  # may not act for this enterprise
    TQ_ACC_006 = "TQ-ACC-006"  # account closed
    TQ_ACC_007 = "TQ-ACC-007"  # token without the scope

    TQ_ATT_001 = "TQ-ATT-001"  # no file, or an empty one
    TQ_ATT_002 = "TQ-ATT-002"  # file too large
    TQ_ATT_003 = "TQ-ATT-003"  # kind of file not taken
    TQ_ATT_004 = "TQ-ATT-004"  # two kinds of file at once
    TQ_ATT_005 = "TQ-ATT-005"  # XML with a document type or entities
    TQ_ATT_006 = "TQ-ATT-006"  # markup that browsers run
    TQ_ATT_007 = "TQ-ATT-007"  # limit of files of a day reached
    TQ_ATT_008 = "TQ-ATT-008"  # too many files on one subject
    TQ_ATT_009 = "TQ-ATT-009"  # kind of paper unknown
    TQ_ATT_010 = "TQ-ATT-010"  # too many files in one request
    TQ_ATT_011 = "TQ-ATT-011"  # file damaged
    TQ_ATT_012 = "TQ-ATT-012"  # file grows too far when opened
    TQ_ATT_013 = "TQ-ATT-013"  # reading took too long
    TQ_ATT_014 = "TQ-ATT-014"  # the reader broke down
    TQ_ATT_015 = "TQ-ATT-015"  # locked by a password
    TQ_ATT_016 = "TQ-ATT-016"  # stored content differs from what was received
    TQ_ATT_017 = "TQ-ATT-017"  # workbook with macros
    TQ_ATT_018 = "TQ-ATT-018"  # sealed original asked for without a reason

    TQ_SIG_001 = "TQ-SIG-001"  # signature cannot be read
    TQ_SIG_002 = "TQ-SIG-002"  # certificate not registered
    TQ_SIG_003 = "TQ-SIG-003"  # certificate of somebody else
    TQ_SIG_004 = "TQ-SIG-004"  # certificate outside its time
    TQ_SIG_005 = "TQ-SIG-005"  # certificate revoked or withdrawn
    TQ_SIG_006 = "TQ-SIG-006"  # signature of other bytes or another key
    TQ_SIG_007 = "TQ-SIG-007"  # this door asks for a signature
    TQ_SIG_008 = "TQ-SIG-008"  # not a certificate of a trusted issuer
    TQ_SIG_009 = "TQ-SIG-009"  # certificate registered already
    TQ_SIG_010 = "TQ-SIG-010"  # list of revoked certificates not readable or not of a trusted issuer

    TQ_NOT_001 = "TQ-NOT-001"  # address cannot take webhooks
    TQ_NOT_002 = "TQ-NOT-002"  # address not public
    TQ_NOT_003 = "TQ-NOT-003"  # host name not found
    TQ_NOT_004 = "TQ-NOT-004"  # kind of event unknown
    TQ_NOT_005 = "TQ-NOT-005"  # too many webhooks
    TQ_NOT_006 = "TQ-NOT-006"  # redirect not followed
    TQ_NOT_007 = "TQ-NOT-007"  # no whole answer in time
    TQ_NOT_008 = "TQ-NOT-008"  # no connection
    TQ_NOT_009 = "TQ-NOT-009"  # answered by an error
    TQ_NOT_010 = "TQ-NOT-010"  # state of the webhook does not allow it
    TQ_NOT_011 = "TQ-NOT-011"  # moment of replay out of reach

    TQ_PUB_001 = "TQ-PUB-001"  # no declaration answers to this number and code
    TQ_PUB_002 = "TQ-PUB-002"  # duty per unit asked for without a quantity
